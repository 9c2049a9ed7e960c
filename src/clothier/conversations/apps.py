from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ConversationsConfig(AppConfig):
    name = "clothier.conversations"
    verbose_name = pgettext_lazy("app", "会话")

    def ready(self) -> None:
        from clothier.conversations import events, handlers  # noqa: F401 - declare, subscribe
