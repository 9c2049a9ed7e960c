from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "clothier.imports"
    verbose_name = _("导入")

    def ready(self) -> None:
        from clothier.imports import events  # noqa: F401 - declares them, so that promises and webhooks may name them
