"""The forms of the roster. What a shift may be is the verbs' to judge; these read what was written."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clothier.desks.roster import words
from clothier.desks.shell.forms import DayInput
from clothier.desks.shell.shops import Shop
from clothier.kernel.access import Viewer
from clothier.places.selectors import zones_for
from clothier.staff.contracts import ShiftPlan
from clothier.staff.selectors import POSTS, SKILLS, acquainted, crew_for

_SALT = "clothier.roster.seen"


class ShiftForm(forms.Form):
    """One shift of a store. An end before the start means the next day; an equal one is the verbs' to refuse."""

    employee = forms.IntegerField(label=pgettext_lazy("shift", "员工"), widget=forms.Select)
    day = forms.DateField(label=gettext_lazy("日期"), widget=DayInput())
    starts = forms.TimeField(label=gettext_lazy("开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=gettext_lazy("结束"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("早于开始时间即为次日。"),
    )
    post = forms.ChoiceField(label=gettext_lazy("岗位"), choices=POSTS)
    zone = forms.TypedChoiceField(
        label=gettext_lazy("区位"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("这个区位不属于本店，请重新选择。")},
    )
    double = forms.BooleanField(
        label=gettext_lazy("兼岗：同一时间负责两个岗位"),
        required=False,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, viewer: Viewer, shop: Shop, holder: tuple[int, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.shop = viewer, shop
        crew = {one.id: f"{one.name} {one.number}" for one in crew_for(viewer, store=shop.id)}
        if holder:
            # Whoever has the shift stays in the list, even a visitor from another store.
            crew.setdefault(*holder)
        self.crew = frozenset(crew)
        self.fields["employee"].widget.choices = [("", _("请选择")), *crew.items()]
        zones = zones_for(viewer, store=shop.id).values_list("id", "name", "name_en")
        choices = [("", _("全店")), *((pk, words.called(name, english)) for pk, name, english in zones)]
        self.fields["zone"].choices = choices  # type: ignore[attr-defined]

    def clean_employee(self) -> int:
        employee: int = self.cleaned_data["employee"]
        if employee not in self.crew and not acquainted(self.viewer, employee):
            raise forms.ValidationError(_("请选择本店的员工。"))
        return employee

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day != self.shop.day(day.isoformat()):
            raise forms.ValidationError(_("请核对年份。"))
        return day

    def plan(self) -> ShiftPlan:
        """What was written, as a plan; call it on a valid form."""
        data = self.cleaned_data
        start = self._at(data["day"], data["starts"])
        end = self._at(data["day"], data["ends"])
        if data["ends"] < data["starts"]:
            end = self._at(data["day"] + timedelta(days=1), data["ends"])
        return ShiftPlan(data["employee"], self.shop.id, data["post"], start, end, data["zone"])

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.shop.zone)


class SkillsForm(forms.Form):
    """What somebody is good at: the house's own list, and the store's words beside it."""

    known = forms.MultipleChoiceField(
        label=gettext_lazy("技能"),
        required=False,
        choices=list(SKILLS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=gettext_lazy("其他技能"), required=False, max_length=400, help_text=gettext_lazy("用逗号或顿号分开。")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def skills(self) -> list[str]:
        text = self.cleaned_data["others"]
        for mark in "，、;；\n":
            text = text.replace(mark, ",")
        return [*self.cleaned_data["known"], *(word.strip() for word in text.split(","))]


def seal(value: Any) -> str:
    """What an editor saw, carried by the form and proof against tampering."""
    return signing.dumps(value, salt=_SALT, compress=True)


def unseal(text: str) -> Any:
    """Raises signing.BadSignature when somebody wrote it by hand."""
    return signing.loads(text, salt=_SALT)


def sealed_plan(plan: ShiftPlan) -> str:
    at = (plan.starts_at.isoformat(), plan.ends_at.isoformat())
    return seal([plan.employee_id, plan.store_id, plan.post, *at, plan.zone_id])


def unsealed_plan(text: str) -> ShiftPlan:
    employee, store, post, start, end, zone = unseal(text)
    return ShiftPlan(employee, store, post, datetime.fromisoformat(start), datetime.fromisoformat(end), zone)
