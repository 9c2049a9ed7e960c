"""Campaigns listed, made, tried on the latest orders, edited and ended."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clothier.desks.membership.forms import CampaignForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import CampaignRule
from clothier.loyalty.selectors import Campaign, campaigns, preview
from clothier.loyalty.selectors import campaign as campaign_by
from clothier.loyalty.services import save_campaign, stop_campaign
from clothier.staff.middleware import ViewerRequest


@signed_in(Role.OPERATOR)
@require_safe
def listing(request: ViewerRequest) -> HttpResponse:
    return render(request, "membership/campaigns.html", {"campaigns": campaigns()})


@signed_in(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    return _form(request, None)


@signed_in(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ViewerRequest, campaign: int) -> HttpResponse:
    known = campaign_by(campaign)
    if known is None:
        raise Http404
    return _form(request, known)


@signed_in(Role.OPERATOR)
@require_POST
def end(request: ViewerRequest, campaign: int) -> HttpResponse:
    stop_campaign(campaign=campaign, actor=request.viewer.employee)
    toast(request, _("活动已停止"))
    return redirect("membership:campaigns")


def _form(request: ViewerRequest, known: Campaign | None) -> HttpResponse:
    """Saved, or with `preview` only tried on the latest orders."""
    initial = said_of(known) if known else None
    form = CampaignForm(request.viewer, request.POST or None, initial=initial, language=get_language() or "")
    tried = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            tried = preview(form.rule())
        else:
            try:
                return _saved(request, form, known)
            except Refused as refused:
                refuse(form, refused)
    context = {"form": form, "campaign": known, "tried": tried}
    return render(request, "membership/campaign.html", context, status=422 if form.errors else 200)


def _saved(request: ViewerRequest, form: CampaignForm, known: Campaign | None) -> HttpResponse:
    starts_at, ends_at = form.times_of_day()
    save_campaign(
        name=form.cleaned_data["name"],
        name_en=form.cleaned_data["name_en"],
        rule=form.rule(),
        starts_at=starts_at,
        ends_at=ends_at,
        campaign=known.pk if known else None,
        actor=request.viewer.employee,
    )
    toast(request, _("活动已保存"))
    return redirect("membership:campaigns")


def said_of(known: Campaign) -> dict[str, Any]:
    """A campaign as its form says it."""
    rule, zone = CampaignRule.model_validate(known.rule), timezone.get_default_timezone()
    said: dict[str, Any] = {each.kind: each for each in rule.conditions}
    return {
        "name": known.name,
        "name_en": known.name_en,
        "times": rule.percent / 100,
        "starts": known.starts_at.astimezone(zone).date(),
        "ends": known.ends_at.astimezone(zone).date() - timedelta(days=1),
        "weekdays": said["weekdays"].days if "weekdays" in said else (),
        "month_days": "、".join(map(str, said["month_days"].days)) if "month_days" in said else "",
        "least": f"{said['at_least'].fen / 100:g}" if "at_least" in said else "",
        "tiers": said["tiers"].tiers if "tiers" in said else (),
        "stores": said["stores"].stores if "stores" in said else (),
    }
