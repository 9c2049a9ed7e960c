from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PaymentsConfig(AppConfig):
    name = "clothier.payments"
    verbose_name = pgettext_lazy("app", "支付")
