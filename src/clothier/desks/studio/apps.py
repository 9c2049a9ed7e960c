from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudioConfig(AppConfig):
    name = "clothier.desks.studio"
    verbose_name = _("运营工作台")
