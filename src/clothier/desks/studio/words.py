"""What no customer's timeline tells, in words: the shop's own events."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.customers.contracts import sentence_of
from clothier.desks.rulebook import words as rulebook
from clothier.eventlog.contracts import Happening, event_types

EVENTS: dict[str, Any] = {
    "account.created": _("开通了账号"),
    "account.deactivated": _("停用了账号"),
    "account.password_set": _("重设了密码"),
    "account.second_factors_forgotten": _("取消了双因素认证"),
    "account.reactivated": _("恢复了账号"),
    "api_key.created": _("创建了接口密钥"),
    "api_key.revoked": _("停用了接口密钥"),
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
    "store.saved": _("保存了门店资料"),
    "style.saved": _("保存了款式"),
    "tag.restored": _("恢复了标签"),
    "tag.retired": _("停用了标签"),
    "tag.saved": _("保存了标签"),
    "task.done": _("任务完成"),
    "task.raised": _("派出任务"),
    "task.reopened": _("任务重开"),
    "visit.zone_entered": _("在一个区位停留"),
    "webhook.changed": _("修改了外发订阅"),
    "webhook.paused": _("暂停了外发订阅"),
    "webhook.postings_let_go": _("放弃了搁置的外发"),
    "webhook.postings_retried": _("重发了外发"),
    "webhook.removed": _("删除了外发订阅"),
    "webhook.resumed": _("恢复了外发订阅"),
    "webhook.secret_rotated": _("更换了签名密钥"),
    "webhook.subscribed": _("新建了外发订阅"),
    "webhook.tested": _("试发了一条"),
}

# The names of what the timeline puts into whole sentences about one customer.
NAMES: dict[str, Any] = {
    "customer.corrected": _("更正顾客资料"),
    "customer.duplicate_decided": _("处理疑似重复"),
    "customer.duplicate_found": _("发现疑似重复"),
    "customer.erased": _("删除顾客资料"),
    "customer.erasure_cancelled": _("撤回了删除申请"),
    "customer.erasure_requested": _("申请删除资料"),
    "customer.exported": _("导出顾客资料"),
    "customer.fact_recorded": _("记下一条资料"),
    "customer.fact_restored": _("恢复一条资料"),
    "customer.fact_withdrawn": _("撤下一条资料"),
    "customer.identifier_linked": _("关联一个标识"),
    "customer.identifier_removed": _("去掉一个标识"),
    "customer.link_revoked": _("拆开合并的档案"),
    "customer.linked": _("合并档案"),
    "customer.wearer_added": _("加了穿着人"),
    "customer.wearer_removed": _("去掉穿着人"),
    "tag.added": _("加了标签"),
    "tag.removed": _("去掉标签"),
}

SCOPES = [
    ("visits:read", _("读取到店与接待")),
    ("visits:write", _("登记到店、接待步骤与呼叫")),
    ("customers:read", _("读取顾客档案")),
    ("customers:write", _("登记与更正顾客")),
    ("orders:write", _("记录销售与退货")),
    ("catalog:read", _("读取商品与库存")),
    ("catalog:write", _("更新商品与库存")),
    ("promises:read", _("读取承诺的执行")),
    ("bookings:read", _("读取空位、预约和活动")),
    ("bookings:write", _("预约、改期、报名和取消")),
    ("chats:read", _("读取顾客会话")),
    ("chats:write", _("写入顾客消息和回复")),
    ("cases:read", _("读取服务单")),
    ("cases:write", _("开立和答复服务单")),
    ("settlement:read", _("读取日结与钱箱")),
    ("payments:read", _("读取收款与凭证")),
    ("payments:write", _("申请原路退款")),
    ("events:write", _("成批上报（收银、传感器）")),
]

_KINDS = {
    pgettext_lazy("events", "接待"): ("visit", "bell", "fitting", "task"),
    _("买卖"): ("sale", "return", "stock", "style"),
    pgettext_lazy("desk", "顾客"): ("customer", "consent", "note", "tag", "segment"),
    _("承诺与规范"): ("promise", "cadence", "rules"),
}
_REST = _("店务与系统")


def name_of(type_: str) -> str:
    """An event's name; its code where nobody has named it."""
    return str(NAMES.get(type_) or EVENTS.get(type_) or rulebook.event(type_))


def kinds_of_events() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every event there is with its name, by what it is about."""
    places = {word: str(title) for title, words in _KINDS.items() for word in words}
    found: dict[str, list[tuple[str, str]]] = {str(title): [] for title in (*_KINDS, _REST)}
    for type_ in event_types():
        found[places.get(type_.partition(".")[0], str(_REST))].append((type_, name_of(type_)))
    return list(found.items())


def sentence(entry: Happening) -> str:
    """The event in words; its code where nobody has said how to put it."""
    return str(EVENTS.get(entry.type) or sentence_of(entry))
