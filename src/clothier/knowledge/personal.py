"""What people asked, as far as anybody could be told from it; and who wrote the answers."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    HEAD,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

for _model, _columns in {
    "knowledge.Gap": "text",
    "knowledge.Wording": "plain text",
    "knowledge.Mark": "text",
    "knowledge.Choice": "plain text who",
}.items():
    holds(
        _model,
        _columns,
        what=_("顾客问过的话，存入前已隐去电话、证件号、邮箱和车牌；不记是谁问的"),
        whose=CUSTOMER,
        why=_("补上缺的答案，改正错的答案"),
        basis=CONTRACT,
        kept=NUMBERS_STAY,
        readers=HEAD,
    )
for _model, _columns in {
    "knowledge.Version": "summary",
    "knowledge.Publication": "",
    "knowledge.Mark": "reason",
}.items():
    holds(
        _model,
        _columns,
        what=_("谁写了、发布了、标记了哪条答案，为什么"),
        whose=EMPLOYEE,
        why=_("对顾客说的话有人负责"),
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=HEAD,
    )
nobodys("knowledge.Article", "key channels")
nobodys("knowledge.Version", "question question_en variants answer answer_en learned")
nobodys("knowledge.Edition", "token")
nobodys("knowledge.Wording", "channel")
nobodys("knowledge.Mark", "channel")
