"""The crew of a store and what each is good at."""

from django.core.exceptions import SuspiciousOperation
from django.core.signing import BadSignature
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clothier.desks.roster.forms import SkillsForm, seal, unseal
from clothier.desks.roster.views.week import PLANNERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.shops import Shop, colleague_for, shop_for
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.staff.contracts import Colleague
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import SKILLS, crew_for, role_name, skill_name
from clothier.staff.services import set_skills


@require_safe
@signed_in(*PLANNERS)
def crew(request: ViewerRequest, store: str) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    people = [
        {"person": one, "role": role_name(Role(one.role)), "skills": [skill_name(skill) for skill in one.skills]}
        for one in crew_for(request.viewer, store=shop.id)
    ]
    return render(request, "roster/crew.html", {"shop": shop, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*PLANNERS)
def skills(request: ViewerRequest, store: str, employee: int) -> HttpResponse:
    shop = shop_for(request.viewer, store)
    person = colleague_for(request.viewer, shop, employee)
    if request.method != "POST":
        return _draw(request, shop, person, SkillsForm(initial=_written(person)))
    form = SkillsForm(request.POST)
    if form.is_valid():
        try:
            set_skills(employee=employee, seen=_seen(form), skills=form.skills(), actor=request.viewer.employee)
        except Refused as refused:
            refuse(form, refused)
            if not refused.field:
                # Whoever saves again has seen what the other wrote: it stands above the form.
                form.data = data = request.POST.copy()
                data["seen"] = seal(list(person.skills))
                now = " · ".join(skill_name(skill) for skill in person.skills) or _("还没有填写")
                return _draw(request, shop, person, form, status=409, overtaken=now)
        else:
            toast(request, _("%(name)s 的技能已保存") % {"name": person.name})
            return HttpResponseRedirect(reverse("roster:crew", args=[shop.code]), status=303)
    return _draw(request, shop, person, form, status=422)


def _written(person: Colleague) -> dict[str, object]:
    return {
        "known": [skill for skill in person.skills if skill in SKILLS],
        "others": "、".join(skill for skill in person.skills if skill not in SKILLS),
        "seen": seal(list(person.skills)),
    }


def _seen(form: SkillsForm) -> list[str]:
    try:
        return list(unseal(form.cleaned_data["seen"]))
    except BadSignature:
        raise SuspiciousOperation("a skills form came back with a broken seal") from None


def _draw(
    request: ViewerRequest, shop: Shop, person: Colleague, form: SkillsForm, status: int = 200, overtaken: str = ""
) -> HttpResponse:
    context = {"shop": shop, "person": person, "form": form, "overtaken": overtaken}
    return render(request, "roster/skills.html", context, status=status)
