"""WeChat Work sign-in against a stand-in that answers as its servers do."""

from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount import adapter
from django.test import Client, override_settings

WECOM = {
    "wecom": {"APPS": [{"client_id": "corp1", "secret": "the secret", "settings": {"agent_id": "1000007"}}]},
}


class StandIn:
    """The two addresses a sign-in asks: a token for the application, then the member behind the code."""

    members: ClassVar[dict[str, str]] = {"code-of-zhou": "e001", "code-of-a-stranger": "e999"}

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def get(self, url: str, *, params: dict[str, str], timeout: float) -> "StandIn":
        self.body: dict[str, Any] = {"errcode": 0, "access_token": "token", "expires_in": 7200}
        if url.endswith("getuserinfo"):
            self.body = {"errcode": 40029, "errmsg": "invalid code"}
            if params["code"] in self.members:
                self.body = {"errcode": 0, "userid": self.members[params["code"]]}
        elif params != {"corpid": "corp1", "corpsecret": "the secret"}:
            self.body = {"errcode": 40001, "errmsg": "invalid credential"}
        return self

    def raise_for_status(self) -> None:
        return None

    def json(self) -> dict[str, Any]:
        return self.body


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(adapter.DefaultSocialAccountAdapter, "get_requests_session", lambda self: StandIn())
    with override_settings(SOCIALACCOUNT_PROVIDERS=WECOM):
        yield Client()


def come_back(client: Client, code: str) -> Any:
    leave = client.post("/accounts/wecom/login/")
    query = parse_qs(urlsplit(leave.url).query)
    assert (query["appid"], query["agentid"], query["login_type"]) == (["corp1"], ["1000007"], ["CorpApp"])
    return client.get("/accounts/wecom/login/callback/", {"code": code, "state": query["state"][0]}, follow=True)


def test_a_member_signs_in_as_the_employee_of_that_number(client, cast):
    come_back(client, "code-of-zhou")
    assert int(client.session["_auth_user_id"]) == cast.zhou.user_id


def test_somebody_who_is_no_employee_stays_outside(client, cast):
    come_back(client, "code-of-a-stranger")
    assert "_auth_user_id" not in client.session


def test_a_code_that_wechat_work_refuses_signs_nobody_in(client, cast):
    come_back(client, "an old code")
    assert "_auth_user_id" not in client.session
