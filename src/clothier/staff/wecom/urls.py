from allauth.socialaccount.providers.oauth2.urls import default_urlpatterns

from clothier.staff.wecom.provider import WecomProvider

urlpatterns = default_urlpatterns(WecomProvider)
