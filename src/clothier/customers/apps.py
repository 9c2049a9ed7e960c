from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "clothier.customers"
    verbose_name = _("顾客")

    def ready(self) -> None:
        from clothier.customers import events, handlers, telling  # noqa: F401 - declare, subscribe, put into words
