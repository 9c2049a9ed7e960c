from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManagerConfig(AppConfig):
    name = "clothier.desks.manager"
    verbose_name = _("店长")
