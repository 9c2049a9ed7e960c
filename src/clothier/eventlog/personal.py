"""The log names people by number only."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import CONTRACT, CUSTOMER, HEAD, NUMBERS_STAY, holds, nobodys

holds(
    "eventlog.Entry",
    what=_("什么时候、在哪家店、对哪位顾客（编号）、由哪位员工（编号）做了什么"),
    whose=CUSTOMER,
    why=_("服务承诺的时钟、顾客动态、审计"),
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=HEAD,
)
nobodys("eventlog.Delivery", "handler error")
