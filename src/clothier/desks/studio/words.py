"""What no customer's timeline tells, in words: the shop's own events."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clothier.customers.contracts import sentence_of
from clothier.eventlog.contracts import Happening

EVENTS: dict[str, Any] = {
    "account.created": _("开通了账号"),
    "account.deactivated": _("停用了账号"),
    "account.password_set": _("重设了密码"),
    "account.reactivated": _("恢复了账号"),
    "cadence.completed": _("例行事项完成"),
    "cadence.opened": _("例行事项开始"),
    "employee.changed": _("更正了员工资料"),
    "employee.joined": _("员工入职"),
    "employee.left": _("员工离职"),
    "import.finished": _("导入完成"),
    "import.requested": _("要求导入文件"),
    "kiosk.paired": _("配对了一块自助屏"),
    "kiosk.revoked": _("停用了一块自助屏"),
    "promise.acknowledged": _("有人接手一条承诺"),
    "promise.broken": _("一条承诺没有守住"),
    "promise.corrected": _("一条判定按补报更正"),
    "promise.escalated": _("一条承诺升级通知"),
    "promise.waived": _("一条承诺获准豁免"),
    "roster.copied": _("复制了排班"),
    "roster.copy_undone": _("撤销了复制的排班"),
    "roster.planned": _("排了班"),
    "rules.acknowledged": _("确认读过规范"),
    "rules.published": _("发布了规范"),
    "rules.store_target_set": _("门店定了自己的时限"),
    "segment.saved": _("保存了人群"),
    "shift.cancelled": _("取消了一个班次"),
    "shift.moved": _("改了一个班次"),
    "shift.planned": _("排了一个班次"),
    "stock.adjusted": _("调整了库存"),
    "stock.counted": _("盘点了库存"),
    "store.closed": _("门店停业"),
    "store.saved": _("保存了门店资料"),
    "style.saved": _("保存了款式"),
    "tag.restored": _("恢复了标签"),
    "tag.retired": _("停用了标签"),
    "tag.saved": _("保存了标签"),
    "task.done": _("任务完成"),
    "task.raised": _("派出任务"),
    "task.reopened": _("任务重开"),
    "visit.zone_entered": _("在一个区位停留"),
}


def sentence(entry: Happening) -> str:
    """The event in words; its code where nobody has said how to put it."""
    return str(EVENTS.get(entry.type) or sentence_of(entry))
