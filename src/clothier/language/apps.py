from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LanguageConfig(AppConfig):
    name = "clothier.language"
    verbose_name = pgettext_lazy("app", "语言")
