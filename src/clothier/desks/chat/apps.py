from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ChatConfig(AppConfig):
    name = "clothier.desks.chat"
    verbose_name = pgettext_lazy("app", "在线客服")

    def ready(self) -> None:
        from clothier.api.contracts import chat_guests
        from clothier.desks.chat.doors import thread_of

        chat_guests.register(thread_of)
