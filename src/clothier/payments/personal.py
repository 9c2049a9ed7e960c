"""Who paid, by number; what providers say is kept without names, cards and codes."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    DUTY,
    EMPLOYEE,
    EMPLOYMENT,
    HEAD,
    KEEPERS,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_BOOKS = _("收款与退款有据可查，账目可核对")
_RISK = _("发现盗刷与退款滥用，由人复核")

holds(
    "payments.Payment",
    "customer_id",
    what=_("哪位顾客（编号）什么时候在哪家店付了多少钱"),
    whose=CUSTOMER,
    why=_BOOKS,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=KEEPERS,
)
for _model in ("Payment", "Attempt", "Refund"):
    holds(
        f"payments.{_model}",
        "actor_id",
        what=_("哪位员工经手"),
        whose=EMPLOYEE,
        why=_BOOKS,
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=KEEPERS,
    )
holds(
    "payments.RefundPart",
    "ended_by",
    what=_("哪位员工把钱退给了顾客"),
    whose=EMPLOYEE,
    why=_BOOKS,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=KEEPERS,
)
holds(
    "payments.Evidence",
    "asked answered verb",
    what=_("向支付方请求了什么、支付方答复了什么，不含姓名、卡号和付款码"),
    whose=CUSTOMER,
    why=_BOOKS,
    basis=DUTY,
    kept=NUMBERS_STAY,
    readers=HEAD,
)
holds(
    "payments.Discrepancy",
    "told note settled_by",
    what=_("支付方前后矛盾的说法，谁查清的，查到了什么"),
    whose=CUSTOMER,
    why=_BOOKS,
    basis=DUTY,
    kept=NUMBERS_STAY,
    readers=HEAD,
)
holds(
    "payments.Flag",
    "customer_id actor_id reviewed_by note key",
    what=_("触发了风险规则的顾客或员工（编号），谁复核的，结论是什么"),
    whose=CUSTOMER,
    why=_RISK,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=HEAD,
)
nobodys("payments.Payment", "key subject_kind currency")
nobodys("payments.Attempt", "key provider number provider_number show")
nobodys("payments.Refund", "key reason")
nobodys("payments.RefundPart", "number provider_number")
nobodys("payments.Notification", "provider number")
nobodys("payments.Discrepancy", "provider")
