from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class InboxConfig(AppConfig):
    name = "clothier.desks.inbox"
    verbose_name = pgettext_lazy("app", "会话台")
