from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class BookingsConfig(AppConfig):
    name = "clothier.bookings"
    verbose_name = pgettext_lazy("app", "预约与活动")

    def ready(self) -> None:
        from clothier.bookings import events, handlers, skills  # noqa: F401 - declare, put into words, look up
