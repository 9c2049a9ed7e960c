"""Who counted which drawer, and who closed the day."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import EMPLOYEE, EMPLOYMENT, KEEPERS, WHILE_EMPLOYED, holds, nobodys

for _model, _columns, _what in (
    ("settlement.TillSession", "opened_by closed_by reason", _("谁开台、谁关台，现金有差异时写下的原因")),
    ("settlement.DrawerCount", "counted_by", _("谁清点了抽屉")),
    ("settlement.CashMove", "moved_by reason", _("谁把现金放进或取出抽屉，为什么")),
    ("settlement.Statement", "received_by", _("谁上传的账单")),
    ("settlement.Difference", "owner_id", _("谁负责一笔差异")),
    ("settlement.Decision", "decided_by undone_by note", _("谁怎么处理了一笔差异，谁撤销")),
    ("settlement.Remark", "written_by text", _("谁在一笔差异上写了什么")),
    ("settlement.BusinessDay", "closed_by note", _("谁关的账，写了什么备注")),
):
    holds(
        _model,
        _columns,
        what=_what,
        whose=EMPLOYEE,
        why=_("钱有人经手、有据可查"),
        basis=EMPLOYMENT,
        kept=WHILE_EMPLOYED,
        readers=KEEPERS,
    )
nobodys("settlement.Till", "name")
nobodys("settlement.BusinessDay", "date")
nobodys("settlement.DrawerCount", "pieces")
nobodys("settlement.DayFigure", "line")
nobodys("settlement.DayStatement", "provider method stated_on")
nobodys("settlement.Statement", "provider date file_name path sha256 refusals problem")
nobodys("settlement.StatementLine", "reference provider_reference currency")
nobodys("settlement.Difference", "key side date method reference provider_reference")
