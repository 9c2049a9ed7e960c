"""Promises and house rules name people by number only."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    COLLEAGUES,
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_MANAGE = _("知道谁负责、谁处理过")

holds(
    "standards.Promise",
    what=_("对一位顾客（编号）的服务承诺和负责人"),
    whose=CUSTOMER,
    why=_("按时兑现服务承诺"),
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
)
for _model, _columns in {
    "standards.ClockEvent": "reason",
    "standards.Timer": "employee_ids",
    "standards.Waiver": "reason",
    "standards.Acknowledgement": "note",
    "standards.RulesVersion": "",
    "standards.RulesAcknowledgement": "",
    "standards.StoreTarget": "reason",
}.items():
    holds(
        _model,
        _columns,
        what=_("谁通知、谁处理、谁决定、谁读过，写下的理由"),
        whose=EMPLOYEE,
        why=_MANAGE,
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=COLLEAGUES,
    )
nobodys("standards.ClockEvent", "kind")
nobodys("standards.Timer", "role")
nobodys("standards.StoreTarget", "promise_key")
nobodys("standards.Verdict", "outcome")
nobodys("standards.CadenceTurn", "cadence period")
nobodys("standards.Edition", "token")
nobodys("standards.PromiseVersion", "key content")
nobodys("standards.CalendarVersion", "code content")
