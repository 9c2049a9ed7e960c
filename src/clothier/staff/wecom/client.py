"""WeChat Work's own flavour of OAuth: the application's token first, then the member behind the code."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from django.utils.http import urlencode

TOKEN_URL = "https://qyapi.weixin.qq.com/cgi-bin/gettoken"  # noqa: S105 - an address
MEMBER_URL = "https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo"


class WecomClient(OAuth2Client):  # type: ignore[misc]
    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        query = {"appid": self.consumer_key, "redirect_uri": self.callback_url, "state": self.state, **extra_params}
        return f"{authorization_url}?{urlencode(query)}"

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        """The application's token with the member's id beside it. Raises OAuth2Error with WeChat Work's own words."""
        token = _ask(TOKEN_URL, corpid=self.consumer_key, corpsecret=self.consumer_secret)
        member = _ask(MEMBER_URL, access_token=token["access_token"], code=code)
        if "userid" not in member:
            raise OAuth2Error("the person is not a member of this organisation")
        return {"access_token": token["access_token"], "expires_in": token["expires_in"], "userid": member["userid"]}


def _ask(url: str, **params: str) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(url, params=params, timeout=10)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
    if body.get("errcode", 0) != 0:
        raise OAuth2Error(f"WeChat Work answered {body['errcode']}: {body.get('errmsg', '')}")
    return body
