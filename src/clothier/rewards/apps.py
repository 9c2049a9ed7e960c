from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class RewardsConfig(AppConfig):
    name = "clothier.rewards"
    verbose_name = pgettext_lazy("app", "优惠与权益")

    def ready(self) -> None:
        from clothier.rewards import events, handlers, telling  # noqa: F401 - declare, subscribe, put into words
