from django.urls import path

from clothier.conversations import views

app_name = "conversations"
urlpatterns = [
    path("wechat/", views.wechat, name="wechat"),
    path("wecom/", views.wecom, name="wecom"),
    path("sms/", views.sms, name="sms"),
]
