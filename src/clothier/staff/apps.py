from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "clothier.staff"
    verbose_name = _("员工")

    def ready(self) -> None:
        from clothier.staff import ladder  # noqa: F401
