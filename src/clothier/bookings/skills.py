"""What the bot may look up here: what a customer has booked, for nobody but the customer."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clothier.bookings.contracts import AppointmentView
from clothier.bookings.selectors.diary import of_customers
from clothier.bookings.selectors.words import local
from clothier.conversations.contracts import Question, SkillAnswer, skill
from clothier.customers.selectors import records_of
from clothier.places.selectors import store_names

SIGNS = (
    "我的预约", "我预约", "我约的", "约的几点", "约了几点", "预约是几点", "预约成功了吗", "预约什么时候",
    "my appointment", "my booking", "when is my fitting",
)  # fmt: skip


@skill("appointment", signs=SIGNS)
def appointment(question: Question) -> SkillAnswer | None:
    if question.customer is None:
        return None
    ahead = of_customers(records_of(question.customer), limit=3)
    if not ahead:
        return SkillAnswer(_("您现在没有预约；想约试衣或造型顾问，在会员页面“预约”里选时间就好。"))
    names = store_names(one.store_id for one in ahead)
    lines = [_line(one, names.get(one.store_id, "")) for one in ahead]
    told = _("您的预约：%(list)s。要改时间或取消，在会员页面“预约”里就可以。") % {"list": "；".join(lines)}
    return SkillAnswer(told, {"appointment": ahead[0].id})


def _line(one: AppointmentView, store: str) -> str:
    at = local(one.start, one.store_id)
    when = f"{date_format(at, 'MONTH_DAY_FORMAT')} {at:%H:%M}"
    return _("%(when)s，%(store)s，%(service)s") % {"when": when, "store": store, "service": one.service_name}
