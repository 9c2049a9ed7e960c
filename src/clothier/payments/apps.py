from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PaymentsConfig(AppConfig):
    name = "clothier.payments"
    verbose_name = pgettext_lazy("app", "支付")

    def ready(self) -> None:
        from clothier.payments import events  # noqa: F401 - declares them
