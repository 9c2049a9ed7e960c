from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventlogConfig(AppConfig):
    name = "clothier.eventlog"
    verbose_name = _("事件日志")
