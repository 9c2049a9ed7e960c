"""Where somebody was in the shop, and who served them."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    COLLEAGUES,
    CONSENT,
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_WELCOME = _("接待到店的顾客")

holds(
    "visits.Visit",
    what=_("哪位顾客（编号）什么时候来、从哪里来、几个人、结果如何"),
    whose=CUSTOMER,
    why=_WELCOME,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
    reads=("timeline",),
)
holds(
    "visits.Stay",
    what=_("在店内哪个区位停留了多久"),
    whose=CUSTOMER,
    why=_("看懂卖场，及时上前"),
    basis=CONSENT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
    sensitive=True,
)
holds(
    "visits.Need",
    what=_("这次想买什么、给谁、什么预算"),
    whose=CUSTOMER,
    why=_WELCOME,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=COLLEAGUES,
)
for _model, _columns in {
    "visits.Step": "detail",
    "visits.Bell": "",
    "visits.Fitting": "",
    "visits.FittingItem": "",
    "visits.Task": "title title_en",
}.items():
    holds(
        _model,
        _columns,
        what=_("谁迎宾、谁服务、谁应铃、谁做了任务"),
        whose=EMPLOYEE,
        why=_("知道服务做到哪一步、由谁来做"),
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=COLLEAGUES,
    )
nobodys("visits.Task", "day post")
nobodys("visits.Room", "number")
