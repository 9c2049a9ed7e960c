"""Sign-in and callback of WeChat Work, over allauth's OAuth views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse

from clothier.staff.wecom.client import TOKEN_URL, WecomClient


class WecomAdapter(OAuth2Adapter):  # type: ignore[misc]
    provider_id = "wecom"
    access_token_url = TOKEN_URL
    authorize_url = "https://login.work.weixin.qq.com/wwlogin/sso/login"
    client_class = WecomClient

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        return self.get_provider().sociallogin_from_response(request, {"userid": kwargs["response"]["userid"]})


def _where_switched_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A shop without an organisation in WeChat Work has no such door: 404."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    return found


oauth2_login = _where_switched_on(OAuth2LoginView.adapter_view(WecomAdapter))
oauth2_callback = _where_switched_on(OAuth2CallbackView.adapter_view(WecomAdapter))
