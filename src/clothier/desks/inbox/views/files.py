"""A file that came with a message, opened for whoever may read the conversation."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from clothier.conversations.selectors import file_for
from clothier.desks.inbox.doors import INBOX, thread_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.attachments import handed_out
from clothier.staff.middleware import ViewerRequest


@signed_in(*INBOX)
@require_safe
def file(request: ViewerRequest, thread: int, file: int) -> HttpResponse:
    thread_of(request.viewer, thread)
    return handed_out(file_for(request.viewer, file))
