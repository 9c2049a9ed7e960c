from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MembershipConfig(AppConfig):
    name = "clothier.desks.membership"
    verbose_name = pgettext_lazy("app", "会员运营")

    def ready(self) -> None:
        from clothier.desks.shell.navigation import HEAD, Place, register

        register(Place("/membership/", pgettext_lazy("desk", "会员"), "star", HEAD))
