from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class StaffConfig(AppConfig):
    name = "clothier.staff"
    verbose_name = pgettext_lazy("plural", "员工")

    def ready(self) -> None:
        from clothier.staff import ladder  # noqa: F401
