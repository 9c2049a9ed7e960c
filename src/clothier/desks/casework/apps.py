from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CaseworkConfig(AppConfig):
    name = "clothier.desks.casework"
    verbose_name = pgettext_lazy("app", "服务单")
