from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShellConfig(AppConfig):
    name = "clothier.desks.shell"
    verbose_name = _("界面")
