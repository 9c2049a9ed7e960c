from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from clothier.kernel.access import Role


class RosterConfig(AppConfig):
    name = "clothier.desks.roster"
    verbose_name = _("排班")

    def ready(self) -> None:
        from clothier.desks.shell.navigation import Place, register

        planners = frozenset({Role.MANAGER, Role.OPERATOR, Role.ADMIN})
        register(Place("/roster/", _("排班"), "calendar", planners))
        register(Place("/roster/mine/", _("我的班次"), "calendar", frozenset({Role.ASSOCIATE, Role.AGENT, Role.MALL})))
