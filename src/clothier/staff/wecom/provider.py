"""WeChat Work as an allauth provider: members of one organisation, known by their userid."""

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from django.http import HttpRequest

from clothier.staff.wecom.views import WecomAdapter


class WecomProvider(OAuth2Provider):  # type: ignore[misc]
    id = "wecom"
    name = "企业微信"
    account_class = ProviderAccount
    oauth2_adapter_class = WecomAdapter

    def extract_uid(self, data: dict[str, str]) -> str:
        return data["userid"]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {"login_type": "CorpApp", "agentid": str(self.app.settings["agent_id"])}


provider_classes = [WecomProvider]
