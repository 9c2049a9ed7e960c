from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FloorConfig(AppConfig):
    name = "clothier.desks.floor"
    verbose_name = _("卖场")
