"""What an operator says about a machine that calls, or one that is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clothier.api.selectors import Subscription
from clothier.desks.studio.words import SCOPES, kinds_of_events
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for

CHAIN, SOME = "chain", "stores"


class ReachForm(forms.Form):
    """The whole chain or some stores: said, never left open, because it decides who learns what."""

    reach = forms.ChoiceField(
        label=_("范围"),
        choices=[(CHAIN, _("整个连锁")), (SOME, _("只限下面的门店"))],
        widget=forms.RadioSelect,
        initial=CHAIN,
    )
    stores = forms.TypedMultipleChoiceField(
        label=_("门店"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = stores_for(viewer).order_by("code")
        self.fields["stores"].choices = [(row.pk, str(row)) for row in rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reach") == SOME and not said.get("stores"):
            self.add_error("stores", _("请至少选一家门店"))
        return said

    def chosen_stores(self) -> list[int] | None:
        """None for the whole chain."""
        return self.cleaned_data["stores"] if self.cleaned_data["reach"] == SOME else None


class KeyForm(ReachForm):
    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("谁用、用来做什么，例如“收银系统上报销售”。"))
    scopes = forms.MultipleChoiceField(label=_("权限"), choices=SCOPES, widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(
        label=_("有效期"),
        choices=[("90", _("90 天")), ("365", _("一年")), ("730", _("两年")), ("0", _("一直有效"))],
        initial="365",
    )
    field_order = ("name", "scopes", "reach", "stores", "days")

    def expires_at(self) -> datetime | None:
        days = int(self.cleaned_data["days"])
        return clock.now() + timedelta(days=days) if days else None


class WebhookForm(ReachForm):
    url = forms.URLField(
        label=_("地址"),
        max_length=300,
        assume_scheme="https",
        help_text=_("对方接收的地址，以 https:// 开头。"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    types = forms.MultipleChoiceField(label=_("事件"), widget=forms.CheckboxSelectMultiple)
    field_order = ("url", "types", "reach", "stores")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        self.groups = kinds_of_events()
        self.fields["types"].choices = [one for _title, group in self.groups for one in group]  # type: ignore[attr-defined]

    def chosen_types(self) -> Iterable[str]:
        return self["types"].value() or ()


def facts_of(row: Subscription) -> dict[str, Any]:
    """A subscription as the form shows it."""
    reach = CHAIN if row.stores is None else SOME
    return {"url": row.url, "types": row.types, "reach": reach, "stores": row.stores or []}
