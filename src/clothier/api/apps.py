from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "clothier.api"
    verbose_name = _("接口")

    def ready(self) -> None:
        import_module("clothier.api.checks")
        import_module("clothier.api.events")
