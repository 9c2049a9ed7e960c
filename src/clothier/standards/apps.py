from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "clothier.standards"
    verbose_name = _("服务规范")

    def ready(self) -> None:
        from clothier.standards import handlers  # noqa: F401
