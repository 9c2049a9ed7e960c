from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "clothier.visits"
    verbose_name = _("到店")

    def ready(self) -> None:
        from clothier.visits import events  # noqa: F401 - declares the types of this package
