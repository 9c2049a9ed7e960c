from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ChatConfig(AppConfig):
    name = "clothier.desks.chat"
    verbose_name = pgettext_lazy("app", "在线客服")
