"""Points somebody gives by hand: within what the house rules let their post give one customer."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers.selectors import person_of
from clothier.kernel.access import HEAD_OFFICE, Viewer
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import Reason
from clothier.loyalty.models import Grant, Membership
from clothier.loyalty.selectors.grants import given_by_hand
from clothier.loyalty.selectors.programme import worth
from clothier.loyalty.services.granting import grant
from clothier.standards.selectors import document


@transaction.atomic
def grant_by_hand(
    viewer: Viewer, *, customer: int, points: int, reason: Reason | str, key: str, reference: str = ""
) -> int:
    """As `grant`. Refused beyond the post's authority: what one customer got within the rule's days is one sum."""
    person = person_of(customer)
    if person is None:
        raise Refused(_("没有这位顾客。"))
    # Two colleagues at once: the second waits here, and sees what the first gave.
    Membership.objects.get_or_create(pk=person)
    Membership.objects.select_for_update().get(pk=person)
    if known := Grant.objects.filter(key=key).values_list("pk", flat=True).first():
        return known
    limit = authority_fen(viewer)
    if limit is not None and worth(points + given_by_hand(person)) > limit:
        raise Refused(
            _("超出您的权限：%(days)s 天内给一位顾客的积分，合计不超过 ¥%(yuan)s。")
            % {"days": document("authority").window_days, "yuan": limit // 100},
            field="points",
        )
    return grant(customer=customer, points=points, reason=reason, key=key, reference=reference, actor=viewer.employee)


def authority_fen(viewer: Viewer) -> int | None:
    """What a post may give one customer, in fen; None without limit, 0 for posts the house rules do not name."""
    if viewer.role in HEAD_OFFICE:
        return None
    return next((each.per_case for each in document("authority").limits if each.role == viewer.role.value), 0)
