from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "clothier.insights"
    verbose_name = _("指标")

    def ready(self) -> None:
        from clothier.insights import handlers  # noqa: F401 - subscribes
