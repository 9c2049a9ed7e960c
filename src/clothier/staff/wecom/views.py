"""Sign-in and callback of WeChat Work, over allauth's OAuth views."""

from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest

from clothier.staff.wecom.client import TOKEN_URL, WecomClient


class WecomAdapter(OAuth2Adapter):  # type: ignore[misc]
    provider_id = "wecom"
    access_token_url = TOKEN_URL
    authorize_url = "https://login.work.weixin.qq.com/wwlogin/sso/login"
    client_class = WecomClient

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        return self.get_provider().sociallogin_from_response(request, {"userid": kwargs["response"]["userid"]})


oauth2_login = OAuth2LoginView.adapter_view(WecomAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(WecomAdapter)
