from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from clothier.kernel.access import HEAD_OFFICE, Role


class FinanceConfig(AppConfig):
    name = "clothier.desks.finance"
    verbose_name = pgettext_lazy("app", "财务")

    def ready(self) -> None:
        from clothier.desks.shell.navigation import Place, register

        register(Place("/finance/", pgettext_lazy("desk", "财务"), "coin", HEAD_OFFICE | {Role.MANAGER}))
        register(Place("/finance/tills/", pgettext_lazy("desk", "点钞"), "coin", frozenset({Role.ASSOCIATE})))
