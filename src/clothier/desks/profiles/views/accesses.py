"""Who read what about whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clothier.customers.selectors import all_reads, reads_by, reads_of
from clothier.customers.selectors.accesses import LIMIT
from clothier.customers.selectors.rows import AccessRecord
from clothier.desks.profiles.desk import FLOOR, KEEPERS, person_or_404
from clothier.desks.profiles.words import readers
from clothier.desks.shell.access import signed_in
from clothier.kernel.access import Role
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@signed_in(*KEEPERS)
def of_customer(request: ViewerRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    rows = reads_of(request.viewer, person, before=_before(request))
    return _page(request, rows, heading=_("谁看过这位顾客"), pk=person)


@signed_in(*FLOOR)
def chain(request: ViewerRequest) -> HttpResponse:
    """One's own reads; head office sees everybody's."""
    if request.viewer.may(Role.OPERATOR):
        return _page(request, all_reads(request.viewer, before=_before(request)), heading=_("访问记录"))
    own = request.viewer.employee or 0
    return _page(request, reads_by(request.viewer, own, before=_before(request)), heading=_("我查看过的顾客资料"))


def _page(request: ViewerRequest, rows: list[AccessRecord], *, heading: str, pk: int | None = None) -> HttpResponse:
    older = f"?before={rows[LIMIT - 1].pk}" if len(rows) > LIMIT else ""
    context = {"reads": readers(rows[:LIMIT]), "next": older, "heading": heading, "pk": pk}
    return render(request, "profiles/access.html", context)


def _before(request: ViewerRequest) -> int:
    return number(request.GET.get("before", "")) or 0
