"""Who works on cases; whatever is not theirs is not found."""

from django.http import Http404

from clothier.cases.selectors import CaseFile, case_for
from clothier.kernel.access import Role, Viewer

CLERKS = (Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.OPERATOR)


def file_of(viewer: Viewer, case: int) -> CaseFile:
    found = case_for(viewer, case)
    if found is None:
        raise Http404
    return found
