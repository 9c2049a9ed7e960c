"""What customers came with, in sealed words; who answered them."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    FLOOR,
    KEEPERS,
    KEY_DROPPED,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

for _model, _columns, _what in (
    ("cases.Case", "sealed", _("顾客因为什么事找我们")),
    ("cases.CaseNote", "sealed", _("服务单上顾客说的话、我们的回复和内部备注")),
    ("cases.Waiting", "sealed", _("服务单为什么等待")),
    ("cases.Handover", "sealed sealed_signature", _("货品为什么交出、谁签收")),
    ("cases.Compensation", "sealed", _("为什么给顾客补偿")),
    ("cases.Approval", "sealed", _("对补偿的意见")),
    ("cases.Attempt", "sealed", _("怎样向顾客确认结果")),
    ("cases.Rating", "sealed", _("顾客对处理的评语")),
):
    holds(
        _model,
        _columns,
        what=_what,
        whose=CUSTOMER,
        why=_("把顾客的事办完，退换修有据"),
        basis=CONTRACT,
        kept=KEY_DROPPED,
        readers=FLOOR,
        sealed=True,
    )
for _model in ("cases.Case", "cases.Compensation", "cases.Recipient"):
    holds(
        _model,
        "person_id" if _model != "cases.Case" else "customer_id",
        what=_("哪位顾客（编号）有哪些服务单，得到过什么补偿"),
        whose=CUSTOMER,
        why=_("把顾客的事办完，退换修有据"),
        basis=CONTRACT,
        kept=NUMBERS_STAY,
        readers=FLOOR,
    )
for _model, _columns in (
    ("cases.Case", "owner_id opened_by"),
    ("cases.CaseNote", "author_id"),
    ("cases.CasePhoto", "actor_id"),
    ("cases.Waiting", "actor_id"),
    ("cases.Handover", "actor_id"),
    ("cases.Compensation", "asked_by granted_by"),
    ("cases.Approval", "decided_by role"),
    ("cases.Budget", "employee_id month"),
    ("cases.Attempt", "actor_id"),
    ("cases.CaseLink", "actor_id"),
):
    holds(
        _model,
        _columns,
        what=_("谁负责、谁经手一张服务单，谁给了多少补偿"),
        whose=EMPLOYEE,
        why=_("顾客的事有人负责，补偿有据可查"),
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=KEEPERS,
    )
holds(
    "cases.CasePhoto",
    "stored",
    what=_("顾客或员工为一件货品拍的照片"),
    whose=CUSTOMER,
    why=_("把顾客的事办完，退换修有据"),
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=FLOOR,
)
nobodys("cases.CasePhoto", "media_type")
nobodys("cases.Handover", "vendor due_on")
nobodys("cases.Compensation", "document problem")
nobodys("cases.Case", "key")
nobodys("cases.CaseNote", "channel")
nobodys("cases.Attempt", "channel")
