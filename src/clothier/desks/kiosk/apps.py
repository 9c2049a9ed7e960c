from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KioskConfig(AppConfig):
    name = "clothier.desks.kiosk"
    verbose_name = _("自助屏")

    def ready(self) -> None:
        from clothier.desks.kiosk import events  # noqa: F401 - declares the types of this package
