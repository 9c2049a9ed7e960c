from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PaymentsConfig(AppConfig):
    name = "clothier.payments"
    verbose_name = pgettext_lazy("app", "支付")

    def ready(self) -> None:
        from clothier.payments import events, handlers  # noqa: F401 - declares events, listens to them
        from clothier.payments.contracts import statement_formats
        from clothier.payments.providers.alipay import bill as alipay
        from clothier.payments.providers.wechat import bill as wechat

        statement_formats.update({each.provider: each for each in (wechat.FORMAT, alipay.FORMAT)})
