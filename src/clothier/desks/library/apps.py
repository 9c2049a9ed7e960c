from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LibraryConfig(AppConfig):
    name = "clothier.desks.library"
    verbose_name = pgettext_lazy("app", "知识库")

    def ready(self) -> None:
        from clothier.desks.library.access import READERS
        from clothier.desks.shell.navigation import Place, register
        from clothier.kernel.access import HEAD_OFFICE

        register(Place("/knowledge/", pgettext_lazy("desk", "知识库"), "book", frozenset(READERS) | HEAD_OFFICE))
