from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "clothier.desks.profiles"
    verbose_name = _("顾客档案")
