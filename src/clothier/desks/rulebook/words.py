"""The house rules in people's words: events, roles, clocks and the names of a document's fields."""

import re
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clothier.desks.shell.words import duration

EVENTS = {
    "visit.arrived": gettext_lazy("顾客到店"),
    "visit.identified": gettext_lazy("认出顾客"),
    "visit.greeted": gettext_lazy("迎宾"),
    "visit.stopped": gettext_lazy("顾客停下或要人接待"),
    "visit.approached": gettext_lazy("导购上前接待"),
    "visit.need_recorded": gettext_lazy("记录需求"),
    "visit.proposed": gettext_lazy("给出搭配方案"),
    "visit.aid_offered": gettext_lazy("主动帮忙"),
    "visit.zone_entered": gettext_lazy("在一个区位停留"),
    "visit.left": gettext_lazy("顾客离店"),
    "visit.recorded": gettext_lazy("补录以往到店"),
    "visit.step_undone": gettext_lazy("撤销一步接待"),
    "bell.rung": gettext_lazy("顾客呼叫"),
    "bell.answered": gettext_lazy("呼叫有人应答"),
    "bell.cancelled": gettext_lazy("呼叫取消"),
    "fitting.opened": gettext_lazy("开始试穿"),
    "fitting.item_brought": gettext_lazy("送衣到试衣间"),
    "fitting.item_tried": gettext_lazy("试过一件"),
    "fitting.closed": gettext_lazy("试穿结束"),
    "task.raised": gettext_lazy("派出任务"),
    "task.done": gettext_lazy("任务完成"),
    "task.reopened": gettext_lazy("任务重开"),
    "sale.recorded": gettext_lazy("成交"),
    "return.recorded": gettext_lazy("退货入账"),
    "note.written": gettext_lazy("写下服务记录"),
    "customer.registered": gettext_lazy("顾客注册"),
    "customer.layer_changed": gettext_lazy("价值分层变化"),
    "customer.tier_changed": gettext_lazy("会员等级变化"),
    "consent.given": gettext_lazy("顾客同意"),
    "consent.withdrawn": gettext_lazy("顾客撤回同意"),
    "chat.handed_over": gettext_lazy("会话转人工"),
    "chat.customer_wrote": gettext_lazy("顾客发来消息"),
    "chat.reply_sent": gettext_lazy("回复顾客"),
    "chat.closed": gettext_lazy("会话结束"),
    "feedback.given": gettext_lazy("收到反馈"),
    "feedback.answered": gettext_lazy("答复反馈"),
    "case.opened": gettext_lazy("开立服务单"),
    "case.reply_sent": gettext_lazy("服务单回复顾客"),
    "case.called": gettext_lazy("致电顾客"),
    "case.withdrawn": gettext_lazy("顾客撤回"),
    "case.waiting": gettext_lazy("服务单等待"),
    "case.resumed": gettext_lazy("服务单继续"),
    "case.customer_wrote": gettext_lazy("顾客就服务单来信"),
    "case.solution_offered": gettext_lazy("给出解决方案"),
    "case.result_confirmed": gettext_lazy("顾客确认结果"),
    "case.reopened": gettext_lazy("服务单重开"),
    "case.marked_complex": gettext_lazy("标为复杂"),
    "case.marked_serious": gettext_lazy("标为重大"),
    "case.specialist_contacted": gettext_lazy("专员联系顾客"),
    "case.done": gettext_lazy("服务单办结"),
    "case.goods_handed_over": gettext_lazy("货品交出"),
    "case.goods_received": gettext_lazy("货品收回"),
    "improvement.accepted": gettext_lazy("改进项立项"),
    "improvement.done": gettext_lazy("改进完成"),
    "improvement.verified": gettext_lazy("效果核实"),
    "improvement.dropped": gettext_lazy("改进项放弃"),
    "improvement.reopened": gettext_lazy("改进项重开"),
    "invoice.requested": gettext_lazy("申请发票"),
    "invoice.issued": gettext_lazy("开出发票"),
    "invoice.withdrawn": gettext_lazy("撤回开票"),
    "day.closed": gettext_lazy("日结"),
    "settlement.matched": gettext_lazy("三方对账一致"),
    "inspection.completed": gettext_lazy("检查完成"),
    "report.published": gettext_lazy("报告公布"),
    "cadence.opened": gettext_lazy("例行事项开始"),
    "cadence.completed": gettext_lazy("例行事项完成"),
    "promise.broken": gettext_lazy("承诺未守住"),
    "promise.escalated": gettext_lazy("承诺升级"),
}

ROLES = {
    "greeter": gettext_lazy("迎宾"),
    "associate": gettext_lazy("导购"),
    "cashier": gettext_lazy("收银"),
    "agent": gettext_lazy("客服"),
    "lead": gettext_lazy("值班主管"),
    "supervisor": gettext_lazy("主管"),
    "manager": gettext_lazy("店长"),
    "specialist": gettext_lazy("专员"),
    "case_owner": gettext_lazy("服务单负责人"),
    "department": gettext_lazy("责任部门"),
    "department_head": gettext_lazy("部门负责人"),
    "general_manager": gettext_lazy("总经理"),
    "business_owner": gettext_lazy("企业主"),
    "operations": gettext_lazy("运营部"),
    "operator": gettext_lazy("运营"),
    "finance": gettext_lazy("财务"),
    "finance_head": gettext_lazy("财务负责人"),
    "mall": gettext_lazy("商场运营"),
    "admin": gettext_lazy("管理员"),
}

CLOCKS = {
    "wall": gettext_lazy("不间断计时"),
    "opening": gettext_lazy("营业时间内计时"),
    "service": gettext_lazy("服务时间内计时"),
    "working": gettext_lazy("工作日计时"),
}

STATES = {
    "running": gettext_lazy("计时中"),
    "paused": gettext_lazy("暂停"),
    "kept": gettext_lazy("已做到"),
    "broken": gettext_lazy("未守住"),
    "cancelled": gettext_lazy("已取消"),
    "waived": gettext_lazy("已豁免"),
}

FIELDS = {
    "promises": gettext_lazy("承诺"),
    "cadences": gettext_lazy("例行事项"),
    "calendars": gettext_lazy("日历"),
    "sync_window": gettext_lazy("离线补报期限"),
    "within": gettext_lazy("时限"),
    "clock": gettext_lazy("计时方式"),
    "response": gettext_lazy("响应类，不可暂停"),
    "start": gettext_lazy("开始于"),
    "keep": gettext_lazy("做到于"),
    "keep_all": gettext_lazy("须全部做到"),
    "cancel": gettext_lazy("取消于"),
    "pause": gettext_lazy("暂停于"),
    "resume": gettext_lazy("恢复于"),
    "word": gettext_lazy("顾客开口即恢复"),
    "reset": gettext_lazy("重新计时于"),
    "reopen": gettext_lazy("重开于"),
    "retarget": gettext_lazy("改变时限于"),
    "undo": gettext_lazy("撤销"),
    "repeat": gettext_lazy("可反复"),
    "given": gettext_lazy("时限由事件给出"),
    "channel": gettext_lazy("渠道"),
    "severity": gettext_lazy("严重程度"),
    "tier": gettext_lazy("等级加严"),
    "pausing": gettext_lazy("暂停规则"),
    "show": gettext_lazy("显示在"),
    "ladder": gettext_lazy("升级阶梯"),
    "rearm": gettext_lazy("知悉后重新提醒"),
    "compensation": gettext_lazy("补偿"),
    "personal": gettext_lazy("由当事人负责"),
    "owner_field": gettext_lazy("负责人取自"),
    "every": gettext_lazy("频率"),
    "scope": gettext_lazy("范围"),
    "minutes": gettext_lazy("开门后（分钟）"),
    "zone": gettext_lazy("时区"),
    "holidays": gettext_lazy("节假日"),
    "opening": gettext_lazy("营业时间"),
    "service": gettext_lazy("服务时间"),
    "seasons": gettext_lazy("季节时间"),
    "days": gettext_lazy("特殊日期"),
    "parent": gettext_lazy("上级日历"),
    "limits": gettext_lazy("权限"),
    "per_case": gettext_lazy("每单上限"),
    "per_month": gettext_lazy("每人每月"),
    "forms": gettext_lazy("形式"),
    "window_days": gettext_lazy("合并天数"),
    "role": gettext_lazy("角色"),
    "forbidden": gettext_lazy("禁语"),
    "say": gettext_lazy("不说"),
    "variants": gettext_lazy("变体"),
    "allowed": gettext_lazy("可以这样说"),
    "instead": gettext_lazy("改说"),
    "steps": gettext_lazy("三步"),
    "complaint_steps": gettext_lazy("投诉三步"),
    "style": gettext_lazy("风格"),
    "shape": gettext_lazy("要点"),
    "signs": gettext_lazy("标志语"),
    "checklists": gettext_lazy("检查表"),
    "checks": gettext_lazy("检查项"),
    "text": gettext_lazy("内容"),
    "points": gettext_lazy("分值"),
    "photo": gettext_lazy("需拍照"),
    "post": gettext_lazy("岗位"),
    "weights": gettext_lazy("权重"),
    "percent": gettext_lazy("百分比"),
    "of": gettext_lazy("取自"),
    "red_lines": gettext_lazy("服务红线"),
    "behaviours": gettext_lazy("行为分"),
    "appeal_days": gettext_lazy("申诉天数"),
    "medals": gettext_lazy("勋章"),
    "measure": gettext_lazy("依据"),
    "how": gettext_lazy("做法"),
    "winners": gettext_lazy("名额"),
    "hours": gettext_lazy("总学时"),
    "practical_hours": gettext_lazy("实操学时"),
    "courses": gettext_lazy("课程"),
    "audience": gettext_lazy("对象"),
    "certificates": gettext_lazy("证书"),
    "valid_months": gettext_lazy("有效月数"),
    "gates": gettext_lazy("准入任务"),
    "points_per_yuan": gettext_lazy("每元积分"),
    "pending_days": gettext_lazy("待生效天数"),
    "qualifying_months": gettext_lazy("评级月数"),
    "grace_months": gettext_lazy("宽限月数"),
    "tiers": gettext_lazy("等级"),
    "spend": gettext_lazy("消费达到"),
    "benefits": gettext_lazy("权益"),
    "suggestion_points": gettext_lazy("建议奖励积分"),
    "points_per_yuan_at_till": gettext_lazy("抵一元所需积分"),
    "parking_hour_points": gettext_lazy("一小时停车所需积分"),
    "birthday_gift": gettext_lazy("生日礼"),
    "window_months": gettext_lazy("统计月数"),
    "layers": gettext_lazy("分层"),
    "min_spend": gettext_lazy("消费不低于"),
    "min_orders": gettext_lazy("订单不少于"),
    "min_margin": gettext_lazy("毛利不低于"),
    "min_recency_days": gettext_lazy("多少天以上未到"),
    "max_recency_days": gettext_lazy("多少天内来过"),
    "max_known_days": gettext_lazy("首购多少天内"),
    "min_lifetime_orders": gettext_lazy("累计订单不少于"),
    "caps": gettext_lazy("频次上限"),
    "purpose": gettext_lazy("目的"),
    "at_most": gettext_lazy("至多"),
    "quiet": gettext_lazy("免打扰"),
    "since": gettext_lazy("从"),
    "until": gettext_lazy("到"),
    "reply_budgets": gettext_lazy("回复额度"),
    "exempt": gettext_lazy("不受限"),
    "refuse_in_one_step": gettext_lazy("一步退订"),
    "metres": gettext_lazy("每几米"),
    "groups": gettext_lazy("几组货"),
    "ways": gettext_lazy("陈列方式"),
    "focal_points": gettext_lazy("焦点"),
    "levels": gettext_lazy("高度层"),
    "from_cm": gettext_lazy("从（厘米）"),
    "to_cm": gettext_lazy("到（厘米）"),
    "goods": gettext_lazy("货品"),
    "guide_line": gettext_lazy("动线"),
    "scenes": gettext_lazy("场景"),
    "when": gettext_lazy("触发"),
    "weather": gettext_lazy("天气"),
    "hot_from": gettext_lazy("气温达到"),
    "cold_to": gettext_lazy("气温低至"),
    "holiday": gettext_lazy("节假日"),
    "event": gettext_lazy("事件"),
    "tasks": gettext_lazy("准备任务"),
    "minutes_before": gettext_lazy("开门前（分钟）"),
    "talk": gettext_lazy("话术"),
    "categories": gettext_lazy("主推品类"),
    "complete_within": gettext_lazy("完成时限"),
    "templates": gettext_lazy("模板"),
    "fields": gettext_lazy("栏目"),
    "label": gettext_lazy("名称"),
    "kind": gettext_lazy("类型"),
    "choices": gettext_lazy("选项"),
    "required": gettext_lazy("必填"),
    "sensitive": gettext_lazy("敏感内容"),
    "words": gettext_lazy("词语"),
    "patterns": gettext_lazy("格式"),
    "advice": gettext_lazy("建议"),
    "targets": gettext_lazy("目标"),
    "at_least": gettext_lazy("至少（%）"),
    "stretch": gettext_lazy("挑战（%）"),
    "title": gettext_lazy("标题"),
    "name": gettext_lazy("名称"),
    "owner": gettext_lazy("负责"),
    "reason": gettext_lazy("理由"),
    "acknowledged_by": gettext_lazy("须确认的岗位"),
    "tell": gettext_lazy("通知"),
    "at": gettext_lazy("到时"),
    "must": gettext_lazy("必须"),
    "where": gettext_lazy("当"),
    "unless": gettext_lazy("除非"),
    "subject": gettext_lazy("对象"),
    "by": gettext_lazy("按"),
    "cap": gettext_lazy("单次上限"),
    "total": gettext_lazy("累计上限"),
    "reasons": gettext_lazy("允许的原因"),
    "takes_back": gettext_lazy("收回"),
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
