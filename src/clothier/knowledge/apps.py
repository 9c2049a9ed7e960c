from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class KnowledgeConfig(AppConfig):
    name = "clothier.knowledge"
    verbose_name = pgettext_lazy("app", "知识库")

    def ready(self) -> None:
        from clothier.knowledge import events  # noqa: F401 - declare
