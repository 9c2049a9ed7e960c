"""The payment providers this shop is connected to; a provider whose first variable is empty is not."""

from pathlib import Path
from typing import Any

from clothier.config import environment


def _file(name: str) -> str:
    path = environment.text(name)
    return Path(path).read_text() if path else ""


def providers() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if merchant := environment.text("CLOTHIER_WECHAT_PAY_MERCHANT"):
        found["wechat"] = {
            "base": environment.text("CLOTHIER_WECHAT_PAY_URL", "https://api.mch.weixin.qq.com"),
            "merchant": merchant,
            "app": environment.text("CLOTHIER_WECHAT_PAY_APP"),
            "serial": environment.text("CLOTHIER_WECHAT_PAY_SERIAL"),
            "key": _file("CLOTHIER_WECHAT_PAY_KEY_FILE"),
            "secret": environment.text("CLOTHIER_WECHAT_PAY_SECRET"),
            "platform": _file("CLOTHIER_WECHAT_PAY_PLATFORM_FILE"),
            "notify": environment.text("CLOTHIER_WECHAT_PAY_NOTIFY"),
        }
    if app := environment.text("CLOTHIER_ALIPAY_APP"):
        found["alipay"] = {
            "base": environment.text("CLOTHIER_ALIPAY_URL", "https://openapi.alipay.com/gateway.do"),
            "app": app,
            "seller": environment.text("CLOTHIER_ALIPAY_SELLER"),
            "key": _file("CLOTHIER_ALIPAY_KEY_FILE"),
            "platform": _file("CLOTHIER_ALIPAY_PLATFORM_FILE"),
            "notify": environment.text("CLOTHIER_ALIPAY_NOTIFY"),
        }
    if address := environment.text("CLOTHIER_CARD_TERMINAL_URL"):
        found["card"] = {
            "base": address,
            "merchant": environment.text("CLOTHIER_CARD_MERCHANT"),
            "secret": environment.text("CLOTHIER_CARD_SECRET"),
        }
    return found
