from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "clothier.desks.rulebook"
    verbose_name = _("服务规范")
