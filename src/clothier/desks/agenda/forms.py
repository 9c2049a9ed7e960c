"""What the agenda's pages ask. What cannot be known here (a time just taken, a seat just given) the verbs say."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from clothier.bookings.selectors import activity_kinds, reasons
from clothier.bookings.services import Plan
from clothier.desks.shell.forms import DayInput
from clothier.kernel.access import Viewer
from clothier.staff.selectors import crew_for

STOPS = 6


class MoveForm(forms.Form):
    """When, as an aware moment."""

    start = forms.DateTimeField(
        input_formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"], error_messages={"required": _("请选一个时间")}
    )


class BookingForm(MoveForm):
    """And for whom, with whom; the service and the day stand beside it."""

    customer = forms.IntegerField(error_messages={"required": _("请先选一位顾客")})
    employee = forms.IntegerField(required=False)
    purpose = forms.CharField(max_length=60, required=False, label=_("想做什么"))
    key = forms.CharField(max_length=80, required=False)


class CancelForm(forms.Form):
    reason = forms.ChoiceField(label=_("原因"), choices=reasons)


class ActivityForm(forms.Form):
    """An activity on the store's own clock."""

    title = forms.CharField(label=_("名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=activity_kinds)
    day = forms.DateField(label=_("日期"), widget=DayInput())
    starts = forms.TimeField(label=_("开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("结束"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("地点"), max_length=40, required=False)
    host = forms.TypedChoiceField(label=_("主持人"), coerce=int, empty_value=None, required=False)
    capacity = forms.IntegerField(label=_("名额"), required=False, help_text=_("留空表示不用报名"))
    about = forms.CharField(label=_("介绍"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    about_en = forms.CharField(
        label=_("英文介绍"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, viewer: Viewer, store: int, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.store, self.zone = store, zone
        crew = [(one.id, one.name) for one in crew_for(viewer, store=store)]
        self.fields["host"].choices = [("", _("未定")), *crew]  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        told = self.cleaned_data
        return Plan(
            title=told["title"],
            title_en=told["title_en"],
            kind=told["kind"],
            store=self.store,
            starts_at=datetime.combine(told["day"], told["starts"], tzinfo=self.zone),
            ends_at=datetime.combine(told["day"], told["ends"], tzinfo=self.zone),
            place=told["place"],
            host=told["host"],
            capacity=told["capacity"],
            about=told["about"],
            about_en=told["about_en"],
        )


class SignUpForm(forms.Form):
    customer = forms.IntegerField(error_messages={"required": _("请先选一位顾客")})
    seats = forms.IntegerField(label=_("人数"), min_value=1, initial=1)
    key = forms.CharField(max_length=80, required=False)


class CodeForm(forms.Form):
    value = forms.CharField(label=_("会员码或手机号"), max_length=60)
