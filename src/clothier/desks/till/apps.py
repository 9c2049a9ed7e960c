from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class TillConfig(AppConfig):
    name = "clothier.desks.till"
    verbose_name = pgettext_lazy("app", "收银台")

    def ready(self) -> None:
        from clothier.desks.shell.navigation import Place, register
        from clothier.kernel.access import Role

        staff = frozenset({Role.ASSOCIATE, Role.MANAGER, Role.OPERATOR, Role.ADMIN})
        register(Place("/till/", pgettext_lazy("desk", "收银"), "coin", staff))
