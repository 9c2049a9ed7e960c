"""The service card goes to the customer once more, because somebody asks for it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.cases import services
from clothier.conversations.services import resend
from clothier.desks.casework.access import CLERKS, file_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.facts import fact
from clothier.desks.shell.toasts import toast
from clothier.eventlog.selectors import history
from clothier.staff.middleware import ViewerRequest


@signed_in(*CLERKS)
@require_POST
def send(request: ViewerRequest, case: int) -> HttpResponse:
    """What failed on its way is tried again as the same message; otherwise the card is sent anew."""
    file, said = file_of(request.viewer, case), fact(request)
    last = history(file.case.ref).filter(type="case.card_sent").last()
    if last is None or not resend(message=last.payload["message_id"]):
        services.send_card(case=case, occasion="link", actor=said["actor"], key=said["key"])
    toast(request, _("服务卡已发给顾客"))
    return back(request, reverse("casework:case", args=[case]))
