"""The house rules in people's words: events, roles, clocks and the names of a document's fields."""

import re
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from clothier.desks.shell.words import duration

EVENTS = {
    "visit.arrived": pgettext_lazy("event", "顾客到店"),
    "visit.identified": pgettext_lazy("event", "认出顾客"),
    "visit.greeted": pgettext_lazy("event", "迎宾"),
    "visit.stopped": pgettext_lazy("event", "顾客停下或要人接待"),
    "visit.approached": pgettext_lazy("event", "导购上前接待"),
    "visit.need_recorded": pgettext_lazy("event", "记录需求"),
    "visit.proposed": pgettext_lazy("event", "给出搭配方案"),
    "visit.aid_offered": pgettext_lazy("event", "主动帮忙"),
    "visit.zone_entered": pgettext_lazy("event", "在一个区位停留"),
    "visit.left": pgettext_lazy("event", "顾客离店"),
    "visit.recorded": pgettext_lazy("event", "补录以往到店"),
    "visit.step_undone": pgettext_lazy("event", "撤销一步接待"),
    "bell.rung": pgettext_lazy("event", "顾客呼叫"),
    "bell.answered": pgettext_lazy("event", "呼叫有人应答"),
    "bell.cancelled": pgettext_lazy("event", "呼叫取消"),
    "fitting.opened": pgettext_lazy("event", "开始试穿"),
    "fitting.item_brought": pgettext_lazy("event", "送衣到试衣间"),
    "fitting.item_tried": pgettext_lazy("event", "试过一件"),
    "fitting.closed": pgettext_lazy("event", "试穿结束"),
    "task.raised": pgettext_lazy("event", "派出任务"),
    "task.done": pgettext_lazy("event", "任务完成"),
    "task.reopened": pgettext_lazy("event", "任务重开"),
    "sale.recorded": pgettext_lazy("event", "成交"),
    "return.recorded": pgettext_lazy("event", "退货入账"),
    "note.written": pgettext_lazy("event", "写下服务记录"),
    "customer.registered": pgettext_lazy("event", "顾客注册"),
    "customer.layer_changed": pgettext_lazy("event", "价值分层变化"),
    "customer.tier_changed": pgettext_lazy("event", "会员等级变化"),
    "consent.given": pgettext_lazy("event", "顾客同意"),
    "consent.withdrawn": pgettext_lazy("event", "顾客撤回同意"),
    "chat.handed_over": pgettext_lazy("event", "会话转人工"),
    "chat.customer_wrote": pgettext_lazy("event", "顾客发来消息"),
    "chat.reply_sent": pgettext_lazy("event", "回复顾客"),
    "chat.closed": pgettext_lazy("event", "会话结束"),
    "feedback.given": pgettext_lazy("event", "收到反馈"),
    "feedback.answered": pgettext_lazy("event", "答复反馈"),
    "case.opened": pgettext_lazy("event", "开立服务单"),
    "case.reply_sent": pgettext_lazy("event", "服务单回复顾客"),
    "case.called": pgettext_lazy("event", "致电顾客"),
    "case.withdrawn": pgettext_lazy("event", "顾客撤回"),
    "case.waiting": pgettext_lazy("event", "服务单等待"),
    "case.resumed": pgettext_lazy("event", "服务单继续"),
    "case.customer_wrote": pgettext_lazy("event", "顾客就服务单来信"),
    "case.solution_offered": pgettext_lazy("event", "给出解决方案"),
    "case.result_confirmed": pgettext_lazy("event", "顾客确认结果"),
    "case.reopened": pgettext_lazy("event", "服务单重开"),
    "case.marked_complex": pgettext_lazy("event", "标为复杂"),
    "case.marked_serious": pgettext_lazy("event", "标为重大"),
    "case.specialist_contacted": pgettext_lazy("event", "专员联系顾客"),
    "case.done": pgettext_lazy("event", "服务单办结"),
    "case.goods_handed_over": pgettext_lazy("event", "货品交出"),
    "case.goods_received": pgettext_lazy("event", "货品收回"),
    "improvement.accepted": pgettext_lazy("event", "改进项立项"),
    "improvement.done": pgettext_lazy("event", "改进完成"),
    "improvement.verified": pgettext_lazy("event", "效果核实"),
    "improvement.dropped": pgettext_lazy("event", "改进项放弃"),
    "improvement.reopened": pgettext_lazy("event", "改进项重开"),
    "invoice.requested": pgettext_lazy("event", "申请发票"),
    "invoice.issued": pgettext_lazy("event", "开出发票"),
    "invoice.withdrawn": pgettext_lazy("event", "撤回开票"),
    "day.closed": pgettext_lazy("event", "日结"),
    "settlement.matched": pgettext_lazy("event", "三方对账一致"),
    "inspection.completed": pgettext_lazy("event", "检查完成"),
    "report.published": pgettext_lazy("event", "报告公布"),
    "cadence.opened": pgettext_lazy("event", "例行事项开始"),
    "cadence.completed": pgettext_lazy("event", "例行事项完成"),
    "promise.broken": pgettext_lazy("event", "承诺未守住"),
    "promise.escalated": pgettext_lazy("event", "承诺升级"),
}

ROLES = {
    "greeter": pgettext_lazy("role", "迎宾"),
    "associate": pgettext_lazy("role", "导购"),
    "cashier": pgettext_lazy("role", "收银"),
    "agent": pgettext_lazy("role", "客服"),
    "lead": pgettext_lazy("role", "值班主管"),
    "supervisor": pgettext_lazy("role", "主管"),
    "manager": pgettext_lazy("role", "店长"),
    "specialist": pgettext_lazy("role", "专员"),
    "case_owner": pgettext_lazy("role", "服务单负责人"),
    "department": pgettext_lazy("role", "责任部门"),
    "department_head": pgettext_lazy("role", "部门负责人"),
    "general_manager": pgettext_lazy("role", "总经理"),
    "business_owner": pgettext_lazy("role", "企业主"),
    "operations": pgettext_lazy("role", "运营部"),
    "operator": pgettext_lazy("role", "运营"),
    "finance": pgettext_lazy("role", "财务"),
    "finance_head": pgettext_lazy("role", "财务负责人"),
    "mall": pgettext_lazy("role", "商场运营"),
    "admin": pgettext_lazy("role", "管理员"),
}

CLOCKS = {
    "wall": gettext_lazy("不间断计时"),
    "opening": gettext_lazy("营业时间内计时"),
    "service": gettext_lazy("服务时间内计时"),
    "working": gettext_lazy("工作日计时"),
}

STATES = {
    "running": pgettext_lazy("state", "计时中"),
    "paused": pgettext_lazy("state", "暂停"),
    "kept": pgettext_lazy("state", "已做到"),
    "broken": pgettext_lazy("state", "未守住"),
    "cancelled": pgettext_lazy("state", "已取消"),
    "waived": pgettext_lazy("state", "已豁免"),
}

FIELDS = {
    "promises": pgettext_lazy("field", "承诺"),
    "silver": pgettext_lazy("tier", "银卡"),
    "gold": pgettext_lazy("tier", "金卡"),
    "black": pgettext_lazy("tier", "黑卡"),
    "cadences": pgettext_lazy("field", "例行事项"),
    "calendars": pgettext_lazy("field", "日历"),
    "sync_window": pgettext_lazy("field", "离线补报期限"),
    "within": pgettext_lazy("field", "时限"),
    "clock": pgettext_lazy("field", "计时方式"),
    "response": pgettext_lazy("field", "响应类，不可暂停"),
    "start": pgettext_lazy("field", "开始于"),
    "keep": pgettext_lazy("field", "做到于"),
    "keep_all": pgettext_lazy("field", "须全部做到"),
    "cancel": pgettext_lazy("field", "取消于"),
    "pause": pgettext_lazy("field", "暂停于"),
    "resume": pgettext_lazy("field", "恢复于"),
    "word": pgettext_lazy("field", "顾客开口即恢复"),
    "reset": pgettext_lazy("field", "重新计时于"),
    "reopen": pgettext_lazy("field", "重开于"),
    "retarget": pgettext_lazy("field", "改变时限于"),
    "undo": pgettext_lazy("field", "撤销"),
    "repeat": pgettext_lazy("field", "可反复"),
    "given": pgettext_lazy("field", "时限由事件给出"),
    "channel": pgettext_lazy("field", "渠道"),
    "severity": pgettext_lazy("field", "严重程度"),
    "tier": pgettext_lazy("field", "等级加严"),
    "pausing": pgettext_lazy("field", "暂停规则"),
    "show": pgettext_lazy("field", "显示在"),
    "ladder": pgettext_lazy("field", "升级阶梯"),
    "rearm": pgettext_lazy("field", "知悉后重新提醒"),
    "compensation": pgettext_lazy("field", "补偿"),
    "personal": pgettext_lazy("field", "由当事人负责"),
    "owner_field": pgettext_lazy("field", "负责人取自"),
    "every": pgettext_lazy("field", "频率"),
    "scope": pgettext_lazy("field", "范围"),
    "minutes": pgettext_lazy("field", "开门后（分钟）"),
    "zone": pgettext_lazy("field", "时区"),
    "holidays": pgettext_lazy("field", "节假日"),
    "opening": pgettext_lazy("field", "营业时间"),
    "service": pgettext_lazy("field", "服务时间"),
    "seasons": pgettext_lazy("field", "季节时间"),
    "days": pgettext_lazy("field", "特殊日期"),
    "parent": pgettext_lazy("field", "上级日历"),
    "limits": pgettext_lazy("field", "权限"),
    "per_case": pgettext_lazy("field", "每单上限"),
    "per_month": pgettext_lazy("field", "每人每月"),
    "forms": pgettext_lazy("field", "形式"),
    "window_days": pgettext_lazy("field", "合并天数"),
    "role": pgettext_lazy("field", "角色"),
    "forbidden": pgettext_lazy("field", "禁语"),
    "say": pgettext_lazy("field", "不说"),
    "variants": pgettext_lazy("field", "变体"),
    "allowed": pgettext_lazy("field", "可以这样说"),
    "instead": pgettext_lazy("field", "改说"),
    "steps": pgettext_lazy("field", "三步"),
    "complaint_steps": pgettext_lazy("field", "投诉三步"),
    "style": pgettext_lazy("field", "风格"),
    "shape": pgettext_lazy("field", "要点"),
    "signs": pgettext_lazy("field", "标志语"),
    "checklists": pgettext_lazy("field", "检查表"),
    "checks": pgettext_lazy("field", "检查项"),
    "text": pgettext_lazy("field", "内容"),
    "points": pgettext_lazy("field", "分值"),
    "photo": pgettext_lazy("field", "需拍照"),
    "post": pgettext_lazy("field", "岗位"),
    "weights": pgettext_lazy("field", "权重"),
    "percent": pgettext_lazy("field", "百分比"),
    "of": pgettext_lazy("field", "取自"),
    "red_lines": pgettext_lazy("field", "服务红线"),
    "behaviours": pgettext_lazy("field", "行为分"),
    "appeal_days": pgettext_lazy("field", "申诉天数"),
    "medals": pgettext_lazy("field", "勋章"),
    "measure": pgettext_lazy("field", "依据"),
    "how": pgettext_lazy("field", "做法"),
    "winners": pgettext_lazy("field", "名额"),
    "hours": pgettext_lazy("field", "总学时"),
    "practical_hours": pgettext_lazy("field", "实操学时"),
    "courses": pgettext_lazy("field", "课程"),
    "audience": pgettext_lazy("field", "对象"),
    "certificates": pgettext_lazy("field", "证书"),
    "valid_months": pgettext_lazy("field", "有效月数"),
    "gates": pgettext_lazy("field", "准入任务"),
    "points_per_yuan": pgettext_lazy("field", "每元积分"),
    "pending_days": pgettext_lazy("field", "待生效天数"),
    "qualifying_months": pgettext_lazy("field", "评级月数"),
    "grace_months": pgettext_lazy("field", "宽限月数"),
    "tiers": pgettext_lazy("field", "等级"),
    "spend": pgettext_lazy("field", "消费达到"),
    "benefits": pgettext_lazy("field", "权益"),
    "give_back_days": pgettext_lazy("field", "退回积分至少再有效天数"),
    "suggestion_points": pgettext_lazy("field", "建议奖励积分"),
    "points_per_yuan_at_till": pgettext_lazy("field", "抵一元所需积分"),
    "parking_hour_points": pgettext_lazy("field", "一小时停车所需积分"),
    "birthday_gift": pgettext_lazy("field", "生日礼"),
    "window_months": pgettext_lazy("field", "统计月数"),
    "layers": pgettext_lazy("field", "分层"),
    "min_spend": pgettext_lazy("field", "消费不低于"),
    "min_orders": pgettext_lazy("field", "订单不少于"),
    "min_margin": pgettext_lazy("field", "毛利不低于"),
    "min_recency_days": pgettext_lazy("field", "多少天以上未到"),
    "max_recency_days": pgettext_lazy("field", "多少天内来过"),
    "max_known_days": pgettext_lazy("field", "首购多少天内"),
    "min_lifetime_orders": pgettext_lazy("field", "累计订单不少于"),
    "caps": pgettext_lazy("field", "频次上限"),
    "purpose": pgettext_lazy("field", "目的"),
    "at_most": pgettext_lazy("field", "至多"),
    "quiet": pgettext_lazy("field", "免打扰"),
    "since": pgettext_lazy("field", "从"),
    "until": pgettext_lazy("field", "到"),
    "reply_budgets": pgettext_lazy("field", "回复额度"),
    "exempt": pgettext_lazy("field", "不受限"),
    "refuse_in_one_step": pgettext_lazy("field", "一步退订"),
    "metres": pgettext_lazy("field", "每几米"),
    "groups": pgettext_lazy("field", "几组货"),
    "ways": pgettext_lazy("field", "陈列方式"),
    "focal_points": pgettext_lazy("field", "焦点"),
    "levels": pgettext_lazy("field", "高度层"),
    "from_cm": pgettext_lazy("field", "从（厘米）"),
    "to_cm": pgettext_lazy("field", "到（厘米）"),
    "goods": pgettext_lazy("field", "货品"),
    "guide_line": pgettext_lazy("field", "动线"),
    "scenes": pgettext_lazy("field", "场景"),
    "when": pgettext_lazy("field", "触发"),
    "weather": pgettext_lazy("field", "天气"),
    "hot_from": pgettext_lazy("field", "气温达到"),
    "cold_to": pgettext_lazy("field", "气温低至"),
    "holiday": pgettext_lazy("field", "节假日"),
    "event": pgettext_lazy("field", "事件"),
    "tasks": pgettext_lazy("field", "准备任务"),
    "minutes_before": pgettext_lazy("field", "开门前（分钟）"),
    "talk": pgettext_lazy("field", "话术"),
    "categories": pgettext_lazy("field", "主推品类"),
    "complete_within": pgettext_lazy("field", "完成时限"),
    "templates": pgettext_lazy("field", "模板"),
    "fields": pgettext_lazy("field", "栏目"),
    "label": pgettext_lazy("field", "名称"),
    "kind": pgettext_lazy("field", "类型"),
    "choices": pgettext_lazy("field", "选项"),
    "required": pgettext_lazy("field", "必填"),
    "sensitive": pgettext_lazy("field", "敏感内容"),
    "words": pgettext_lazy("field", "词语"),
    "patterns": pgettext_lazy("field", "格式"),
    "advice": pgettext_lazy("field", "建议"),
    "targets": pgettext_lazy("field", "目标"),
    "at_least": pgettext_lazy("field", "至少（%）"),
    "stretch": pgettext_lazy("field", "挑战（%）"),
    "title": pgettext_lazy("field", "标题"),
    "name": pgettext_lazy("field", "名称"),
    "owner": pgettext_lazy("field", "负责"),
    "reason": pgettext_lazy("field", "理由"),
    "acknowledged_by": pgettext_lazy("field", "须确认的岗位"),
    "tell": pgettext_lazy("field", "通知"),
    "at": pgettext_lazy("field", "到时"),
    "must": pgettext_lazy("field", "必须"),
    "where": pgettext_lazy("field", "当"),
    "unless": pgettext_lazy("field", "除非"),
    "subject": pgettext_lazy("field", "对象"),
    "by": pgettext_lazy("field", "按"),
    "cap": pgettext_lazy("field", "单次上限"),
    "total": pgettext_lazy("field", "累计上限"),
    "reasons": pgettext_lazy("field", "允许的原因"),
    "takes_back": pgettext_lazy("field", "收回"),
    "on": pgettext_lazy("field", "日期"),
    "counts_as": pgettext_lazy("field", "算作"),
}

_DURATION = re.compile(r"(\d+)(s|min|h|d)")
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}

# Opening hours: on which days.
DAYS = {
    "every": pgettext_lazy("days", "每天"),
    "mon": pgettext_lazy("days", "周一"),
    "tue": pgettext_lazy("days", "周二"),
    "wed": pgettext_lazy("days", "周三"),
    "thu": pgettext_lazy("days", "周四"),
    "fri": pgettext_lazy("days", "周五"),
    "sat": pgettext_lazy("days", "周六"),
    "sun": pgettext_lazy("days", "周日"),
    "holiday": pgettext_lazy("days", "节假日"),
    "makeup": pgettext_lazy("days", "调休上班日"),
}
HOLIDAYS = {"cn": pgettext_lazy("days", "中国法定节假日与调休")}

# What a condition may ask of an event: the names of its fields, and their values.
ASKED = {
    "step": pgettext_lazy("asked", "步骤"),
    "author": pgettext_lazy("asked", "由"),
    "kind": pgettext_lazy("asked", "类别"),
    "holder": pgettext_lazy("asked", "在谁手里"),
    "waiting_for": pgettext_lazy("asked", "等谁"),
    "role": pgettext_lazy("asked", "岗位"),
    "sentiment": pgettext_lazy("asked", "情绪"),
    "served": pgettext_lazy("asked", "接待过"),
    "known": pgettext_lazy("asked", "认得出"),
    "asks_answer": pgettext_lazy("asked", "要求答复"),
    "with_person": pgettext_lazy("asked", "由人接着"),
}
ANSWERS = {
    "arrived": pgettext_lazy("answer", "进店"),
    "greeted": pgettext_lazy("answer", "问候"),
    "stopped": pgettext_lazy("answer", "驻足"),
    "approached": pgettext_lazy("answer", "接待"),
    "need_recorded": pgettext_lazy("answer", "记录需求"),
    "proposed": pgettext_lazy("answer", "推荐"),
    "left": pgettext_lazy("answer", "送别"),
    "human": pgettext_lazy("answer", "人工"),
    "customer": pgettext_lazy("answer", "顾客"),
    "vendor": pgettext_lazy("answer", "维修商"),
    "complaint": pgettext_lazy("answer", "投诉"),
    "return": pgettext_lazy("answer", "退货"),
    "exchange": pgettext_lazy("answer", "换货"),
    "repair": pgettext_lazy("answer", "维修"),
    "improvement": pgettext_lazy("answer", "改进"),
    "mystery_shopper": pgettext_lazy("answer", "神秘顾客"),
    "patrol": pgettext_lazy("answer", "巡查"),
    "negative": pgettext_lazy("answer", "负面"),
}


def asked(name: str, found: Any, *, denied: bool = False) -> str:
    """What a condition asks: 步骤是进店. What nobody has put into words stays as it is written."""
    several = found if isinstance(found, list | tuple) else [found]
    said = {
        "name": str(ASKED.get(name, name)),
        "value": _("或").join(str(ANSWERS.get(str(one)) or value(one)) for one in several),
    }
    return _("%(name)s不是%(value)s") % said if denied else _("%(name)s是%(value)s") % said


def event(type_: str) -> str:
    return str(EVENTS.get(type_, type_))


def role(code: str) -> str:
    return str(ROLES.get(code, code))


def field(name: str) -> str:
    return str(FIELDS.get(name, name))


def _hours(found: dict[str, list[str]]) -> str:
    """Opening hours by day: 每天 10:00–22:00；周五 10:00–22:30."""
    spans = {day: _("、").join(one.replace("-", "–") for one in several) for day, several in found.items()}
    return _("；").join(f"{DAYS.get(day, day)} {span}" for day, span in spans.items())


def fact(name: str, found: Any) -> str:
    """What a field says, where its name decides how that is read."""
    if name in ("opening", "service") and isinstance(found, dict):
        return _hours(found)
    return str(HOLIDAYS.get(found, found)) if name == "holidays" else value(found)


def say(text: dict[str, str]) -> str:
    """A bilingual text in the reader's language."""
    english = (get_language() or "").startswith("en")
    return text.get("en") or text["zh"] if english else text["zh"]


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and "zh" in value and value.keys() <= {"zh", "en"}


def value(found: Any) -> str:
    """A plain value as it is read: yes or no, a duration, a role, words."""
    if found is True or found is False:
        return pgettext("field", "是") if found else pgettext("field", "否")
    if found is None:
        return _("（无）")
    if is_text(found):
        return say(found)
    if isinstance(found, list | tuple):
        return _("、").join(value(one) for one in found)
    if isinstance(found, dict):
        return _("；").join(f"{field(name)} {fact(name, one)}" for name, one in found.items())
    text = str(found)
    if match := _DURATION.fullmatch(text):
        return duration(int(match[1]) * _UNITS[match[2]])
    return str(EVENTS.get(text) or CLOCKS.get(text) or ROLES.get(text) or text)
