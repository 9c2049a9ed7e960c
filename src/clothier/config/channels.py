"""The channels this shop is connected to; a channel whose first variable is empty is not."""

from typing import Any

from clothier.config import environment


def channels() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if sender := environment.text("CLOTHIER_MAIL_ADDRESS"):
        found["email"] = {
            "sender": sender,
            "name": environment.text("CLOTHIER_MAIL_NAME"),
            "host": environment.text("CLOTHIER_MAIL_SMTP_HOST"),
            "port": environment.number("CLOTHIER_MAIL_SMTP_PORT", 465),
            "tls": environment.text("CLOTHIER_MAIL_SMTP_TLS", "tls"),
            "imap_host": environment.text("CLOTHIER_MAIL_IMAP_HOST"),
            "imap_port": environment.number("CLOTHIER_MAIL_IMAP_PORT", 993),
            "imap_tls": environment.text("CLOTHIER_MAIL_IMAP_TLS", "tls"),
            "user": environment.text("CLOTHIER_MAIL_USER"),
            "password": environment.text("CLOTHIER_MAIL_PASSWORD"),
        }
    if app := environment.text("CLOTHIER_WECHAT_APP"):
        found["wechat"] = {
            "app": app,
            "secret": environment.text("CLOTHIER_WECHAT_SECRET"),
            "token": environment.text("CLOTHIER_WECHAT_TOKEN"),
            "aes_key": environment.text("CLOTHIER_WECHAT_AES_KEY"),
            "base": environment.text("CLOTHIER_WECHAT_URL", "https://api.weixin.qq.com"),
        }
    if corp := environment.text("CLOTHIER_WECOM_SERVICE_CORP"):
        found["wecom"] = {
            "corp": corp,
            "secret": environment.text("CLOTHIER_WECOM_SERVICE_SECRET"),
            "token": environment.text("CLOTHIER_WECOM_SERVICE_TOKEN"),
            "aes_key": environment.text("CLOTHIER_WECOM_SERVICE_AES_KEY"),
            "base": environment.text("CLOTHIER_WECOM_SERVICE_URL", "https://qyapi.weixin.qq.com"),
        }
    if url := environment.text("CLOTHIER_SMS_URL"):
        found["sms"] = {"url": url, "secret": environment.text("CLOTHIER_SMS_SECRET")}
    return found
