"""Outside identity providers, each switched on by its variables: any OpenID Connect server, and WeChat Work."""

from typing import Any

from clothier.config import environment


def _openid_connect() -> list[dict[str, Any]]:
    if not (server := environment.text("CLOTHIER_OIDC_SERVER")):
        return []
    return [
        {
            "provider_id": "company",
            "name": environment.text("CLOTHIER_OIDC_NAME", "OpenID Connect"),
            "client_id": environment.text("CLOTHIER_OIDC_CLIENT_ID"),
            "secret": environment.text("CLOTHIER_OIDC_SECRET"),
            # The claim that carries the employee's number.
            "settings": {"server_url": server, "uid_field": environment.text("CLOTHIER_OIDC_NUMBER_CLAIM", "sub")},
        }
    ]


def _wechat_work() -> list[dict[str, Any]]:
    if not (corp := environment.text("CLOTHIER_WECOM_CORP_ID")):
        return []
    return [
        {
            "client_id": corp,
            "secret": environment.text("CLOTHIER_WECOM_SECRET"),
            "settings": {"agent_id": environment.text("CLOTHIER_WECOM_AGENT_ID")},
        }
    ]


SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": _openid_connect(), "OAUTH_PKCE_ENABLED": True},
    "wecom": {"APPS": _wechat_work()},
}
# The token serves the sign-in only and is not kept.
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
