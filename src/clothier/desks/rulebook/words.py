"""The house rules in people's words: events, roles, clocks and the names of a document's fields."""

import re
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from clothier.desks.shell.words import duration

EVENTS = {
    "visit.arrived": lazy("顾客到店"),
    "visit.identified": lazy("认出顾客"),
    "visit.greeted": lazy("迎宾"),
    "visit.stopped": lazy("顾客停下或要人接待"),
    "visit.approached": lazy("导购上前接待"),
    "visit.need_recorded": lazy("记录需求"),
    "visit.proposed": lazy("给出搭配方案"),
    "visit.aid_offered": lazy("主动帮忙"),
    "visit.zone_entered": lazy("在一个区位停留"),
    "visit.left": lazy("顾客离店"),
    "visit.recorded": lazy("补录以往到店"),
    "visit.step_undone": lazy("撤销一步接待"),
    "bell.rung": lazy("顾客呼叫"),
    "bell.answered": lazy("呼叫有人应答"),
    "bell.cancelled": lazy("呼叫取消"),
    "fitting.opened": lazy("开始试穿"),
    "fitting.item_brought": lazy("送衣到试衣间"),
    "fitting.item_tried": lazy("试过一件"),
    "fitting.closed": lazy("试穿结束"),
    "task.raised": lazy("派出任务"),
    "task.done": lazy("任务完成"),
    "task.reopened": lazy("任务重开"),
    "sale.recorded": lazy("成交"),
    "return.recorded": lazy("退货入账"),
    "note.written": lazy("写下服务记录"),
    "customer.registered": lazy("顾客注册"),
    "customer.layer_changed": lazy("价值分层变化"),
    "customer.tier_changed": lazy("会员等级变化"),
    "consent.given": lazy("顾客同意"),
    "consent.withdrawn": lazy("顾客撤回同意"),
    "chat.handed_over": lazy("会话转人工"),
    "chat.customer_wrote": lazy("顾客发来消息"),
    "chat.reply_sent": lazy("回复顾客"),
    "chat.closed": lazy("会话结束"),
    "feedback.given": lazy("收到反馈"),
    "feedback.answered": lazy("答复反馈"),
    "case.opened": lazy("开立服务单"),
    "case.reply_sent": lazy("服务单回复顾客"),
    "case.called": lazy("致电顾客"),
    "case.withdrawn": lazy("顾客撤回"),
    "case.waiting": lazy("服务单等待"),
    "case.resumed": lazy("服务单继续"),
    "case.customer_wrote": lazy("顾客就服务单来信"),
    "case.solution_offered": lazy("给出解决方案"),
    "case.result_confirmed": lazy("顾客确认结果"),
    "case.reopened": lazy("服务单重开"),
    "case.marked_complex": lazy("标为复杂"),
    "case.marked_serious": lazy("标为重大"),
    "case.specialist_contacted": lazy("专员联系顾客"),
    "case.done": lazy("服务单办结"),
    "case.goods_handed_over": lazy("货品交出"),
    "case.goods_received": lazy("货品收回"),
    "improvement.accepted": lazy("改进项立项"),
    "improvement.done": lazy("改进完成"),
    "improvement.verified": lazy("效果核实"),
    "improvement.dropped": lazy("改进项放弃"),
    "improvement.reopened": lazy("改进项重开"),
    "invoice.requested": lazy("申请发票"),
    "invoice.issued": lazy("开出发票"),
    "invoice.withdrawn": lazy("撤回开票"),
    "day.closed": lazy("日结"),
    "settlement.matched": lazy("三方对账一致"),
    "inspection.completed": lazy("检查完成"),
    "report.published": lazy("报告公布"),
    "cadence.opened": lazy("例行事项开始"),
    "cadence.completed": lazy("例行事项完成"),
    "promise.broken": lazy("承诺未守住"),
    "promise.escalated": lazy("承诺升级"),
}

ROLES = {
    "greeter": lazy("迎宾"),
    "associate": lazy("导购"),
    "cashier": lazy("收银"),
    "agent": lazy("客服"),
    "lead": lazy("值班主管"),
    "supervisor": lazy("主管"),
    "manager": lazy("店长"),
    "specialist": lazy("专员"),
    "case_owner": lazy("服务单负责人"),
    "department": lazy("责任部门"),
    "department_head": lazy("部门负责人"),
    "general_manager": lazy("总经理"),
    "business_owner": lazy("企业主"),
    "operations": lazy("运营部"),
    "operator": lazy("运营"),
    "finance": lazy("财务"),
    "finance_head": lazy("财务负责人"),
    "mall": lazy("商场运营"),
    "admin": lazy("管理员"),
}

CLOCKS = {
    "wall": lazy("不间断计时"),
    "opening": lazy("营业时间内计时"),
    "service": lazy("服务时间内计时"),
    "working": lazy("工作日计时"),
}

STATES = {
    "running": lazy("计时中"),
    "paused": lazy("暂停"),
    "kept": lazy("已做到"),
    "broken": lazy("未守住"),
    "cancelled": lazy("已取消"),
    "waived": lazy("已豁免"),
}

FIELDS = {
    "promises": lazy("承诺"),
    "cadences": lazy("例行事项"),
    "calendars": lazy("日历"),
    "sync_window": lazy("离线补报期限"),
    "within": lazy("时限"),
    "clock": lazy("计时方式"),
    "response": lazy("响应类，不可暂停"),
    "start": lazy("开始于"),
    "keep": lazy("做到于"),
    "keep_all": lazy("须全部做到"),
    "cancel": lazy("取消于"),
    "pause": lazy("暂停于"),
    "resume": lazy("恢复于"),
    "word": lazy("顾客开口即恢复"),
    "reset": lazy("重新计时于"),
    "reopen": lazy("重开于"),
    "retarget": lazy("改变时限于"),
    "undo": lazy("撤销"),
    "repeat": lazy("可反复"),
    "given": lazy("时限由事件给出"),
    "channel": lazy("渠道"),
    "severity": lazy("严重程度"),
    "tier": lazy("等级加严"),
    "pausing": lazy("暂停规则"),
    "show": lazy("显示在"),
    "ladder": lazy("升级阶梯"),
    "rearm": lazy("知悉后重新提醒"),
    "compensation": lazy("补偿"),
    "personal": lazy("由当事人负责"),
    "owner_field": lazy("负责人取自"),
    "every": lazy("频率"),
    "scope": lazy("范围"),
    "minutes": lazy("开门后（分钟）"),
    "zone": lazy("时区"),
    "holidays": lazy("节假日"),
    "opening": lazy("营业时间"),
    "service": lazy("服务时间"),
    "seasons": lazy("季节时间"),
    "days": lazy("特殊日期"),
    "parent": lazy("上级日历"),
    "limits": lazy("权限"),
    "per_case": lazy("每单上限"),
    "per_month": lazy("每人每月"),
    "forms": lazy("形式"),
    "window_days": lazy("合并天数"),
    "role": lazy("角色"),
    "forbidden": lazy("禁语"),
    "say": lazy("不说"),
    "variants": lazy("变体"),
    "allowed": lazy("可以这样说"),
    "instead": lazy("改说"),
    "steps": lazy("三步"),
    "complaint_steps": lazy("投诉三步"),
    "style": lazy("风格"),
    "shape": lazy("要点"),
    "signs": lazy("标志语"),
    "checklists": lazy("检查表"),
    "checks": lazy("检查项"),
    "text": lazy("内容"),
    "points": lazy("分值"),
    "photo": lazy("需拍照"),
    "post": lazy("岗位"),
    "weights": lazy("权重"),
    "percent": lazy("百分比"),
    "of": lazy("取自"),
    "red_lines": lazy("服务红线"),
    "behaviours": lazy("行为分"),
    "appeal_days": lazy("申诉天数"),
    "medals": lazy("勋章"),
    "measure": lazy("依据"),
    "how": lazy("做法"),
    "winners": lazy("名额"),
    "hours": lazy("总学时"),
    "practical_hours": lazy("实操学时"),
    "courses": lazy("课程"),
    "audience": lazy("对象"),
    "certificates": lazy("证书"),
    "valid_months": lazy("有效月数"),
    "gates": lazy("准入任务"),
    "points_per_yuan": lazy("每元积分"),
    "pending_days": lazy("待生效天数"),
    "qualifying_months": lazy("评级月数"),
    "grace_months": lazy("宽限月数"),
    "tiers": lazy("等级"),
    "spend": lazy("消费达到"),
    "benefits": lazy("权益"),
    "suggestion_points": lazy("建议奖励积分"),
    "points_per_yuan_at_till": lazy("抵一元所需积分"),
    "parking_hour_points": lazy("一小时停车所需积分"),
    "birthday_gift": lazy("生日礼"),
    "window_months": lazy("统计月数"),
    "layers": lazy("分层"),
    "min_spend": lazy("消费不低于"),
    "min_orders": lazy("订单不少于"),
    "min_margin": lazy("毛利不低于"),
    "min_recency_days": lazy("多少天以上未到"),
    "max_recency_days": lazy("多少天内来过"),
    "max_known_days": lazy("首购多少天内"),
    "min_lifetime_orders": lazy("累计订单不少于"),
    "caps": lazy("频次上限"),
    "purpose": lazy("目的"),
    "at_most": lazy("至多"),
    "quiet": lazy("免打扰"),
    "since": lazy("从"),
    "until": lazy("到"),
    "reply_budgets": lazy("回复额度"),
    "exempt": lazy("不受限"),
    "refuse_in_one_step": lazy("一步退订"),
    "metres": lazy("每几米"),
    "groups": lazy("几组货"),
    "ways": lazy("陈列方式"),
    "focal_points": lazy("焦点"),
    "levels": lazy("高度层"),
    "from_cm": lazy("从（厘米）"),
    "to_cm": lazy("到（厘米）"),
    "goods": lazy("货品"),
    "guide_line": lazy("动线"),
    "scenes": lazy("场景"),
    "when": lazy("触发"),
    "weather": lazy("天气"),
    "hot_from": lazy("气温达到"),
    "cold_to": lazy("气温低至"),
    "holiday": lazy("节假日"),
    "event": lazy("事件"),
    "tasks": lazy("准备任务"),
    "minutes_before": lazy("开门前（分钟）"),
    "talk": lazy("话术"),
    "categories": lazy("主推品类"),
    "complete_within": lazy("完成时限"),
    "templates": lazy("模板"),
    "fields": lazy("栏目"),
    "label": lazy("名称"),
    "kind": lazy("类型"),
    "choices": lazy("选项"),
    "required": lazy("必填"),
    "sensitive": lazy("敏感内容"),
    "words": lazy("词语"),
    "patterns": lazy("格式"),
    "advice": lazy("建议"),
    "targets": lazy("目标"),
    "at_least": lazy("至少（%）"),
    "stretch": lazy("挑战（%）"),
    "title": lazy("标题"),
    "name": lazy("名称"),
    "owner": lazy("负责"),
    "reason": lazy("理由"),
    "acknowledged_by": lazy("须确认的岗位"),
    "tell": lazy("通知"),
    "at": lazy("到时"),
    "must": lazy("必须"),
    "where": lazy("当"),
    "unless": lazy("除非"),
    "subject": lazy("对象"),
    "by": lazy("按"),
    "cap": lazy("单次上限"),
    "total": lazy("累计上限"),
    "reasons": lazy("允许的原因"),
    "takes_back": lazy("收回"),
}

_DURATION = re.compile(r"(\d+)(s|min|h|d)")
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}


def event(type_: str) -> str:
    return str(EVENTS.get(type_, type_))


def role(code: str) -> str:
    return str(ROLES.get(code, code))


def field(name: str) -> str:
    return str(FIELDS.get(name, name))


def say(text: dict[str, str]) -> str:
    """A bilingual text in the reader's language."""
    english = (get_language() or "").startswith("en")
    return text.get("en") or text["zh"] if english else text["zh"]


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and "zh" in value and value.keys() <= {"zh", "en"}


def value(found: Any) -> str:
    """A plain value as it is read: yes or no, a duration, a role, words."""
    if found is True or found is False:
        return _("是") if found else _("否")
    if found is None:
        return _("（无）")
    if is_text(found):
        return say(found)
    if isinstance(found, list | tuple):
        return _("、").join(value(one) for one in found)
    if isinstance(found, dict):
        return _("；").join(f"{field(name)} {value(one)}" for name, one in found.items())
    text = str(found)
    if match := _DURATION.fullmatch(text):
        return duration(int(match[1]) * _UNITS[match[2]])
    return str(EVENTS.get(text) or CLOCKS.get(text) or ROLES.get(text) or text)
