from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LibraryConfig(AppConfig):
    name = "clothier.desks.library"
    verbose_name = pgettext_lazy("app", "知识库")
