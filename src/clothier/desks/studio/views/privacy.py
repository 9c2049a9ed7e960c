"""Whose data the house holds, what for, how long, and how often it was read: the sheet, for this installation."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clothier.customers.selectors import count_reads
from clothier.customers.selectors.rows import AccessRecord
from clothier.desks.shell.access import signed_in
from clothier.desks.studio import sheet
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.staff.middleware import ViewerRequest
from clothier.worker.selectors import terms

DAYS, MOST = 30, 10_000


@require_GET
@signed_in(Role.OPERATOR)
def page(request: ViewerRequest) -> HttpResponseBase:
    counts = count_reads(request.viewer, since=clock.now() - timedelta(days=DAYS), most=MOST)
    said = {what: f"{count:,}+" if count == MOST else f"{count:,}" for what, count in counts.items()}
    names = AccessRecord.What
    facts = {
        "days": DAYS,
        "people": sheet.people(),
        "terms": terms(),
        "term_days": {term.name: term.days for term in terms()},
        "reads": [(names(what).label, count) for what, count in said.items()],
        "names": {what.value: what.label for what in names},
        "counts": said,
    }
    return render(request, "studio/privacy.html", facts)
