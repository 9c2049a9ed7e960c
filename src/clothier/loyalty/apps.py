from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LoyaltyConfig(AppConfig):
    name = "clothier.loyalty"
    verbose_name = pgettext_lazy("app", "会员与积分")

    def ready(self) -> None:
        from clothier.loyalty import events, handlers, skills, telling  # noqa: F401 - declare, subscribe, look up, put into words
