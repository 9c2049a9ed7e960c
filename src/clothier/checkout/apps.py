from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CheckoutConfig(AppConfig):
    name = "clothier.checkout"
    verbose_name = pgettext_lazy("app", "收银")

    def ready(self) -> None:
        from clothier.checkout import handlers, points, skills  # noqa: F401 - words, panels; points for orders; what the bot looks up
