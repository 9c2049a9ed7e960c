"""The service card: what its customer follows by a signed link, without signing in."""

from datetime import timedelta

from django.core import signing
from django.db.models import QuerySet

from clothier.cases.models import Case
from clothier.cases.selectors.files import CaseFile, file_of
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.standards.selectors import document

_SALT = "cases.service-card"


def card_token(case: int) -> str:
    """What the address of a case's card says. Nothing is stored: it dies with the card's number or its days."""
    (card,) = _card(case=case)
    until = clock.now() + timedelta(days=document("cases").card_days)
    return signing.dumps([case, card, int(until.timestamp())], salt=_SALT)


@prepared
def _card(case: int) -> "QuerySet[Case, int]":
    return Case.objects.filter(pk=case).values_list("card", flat=True)


def card_of(token: str) -> CaseFile | None:
    """The case behind a card's address; None when it is old, was revoked, changed, or its customer was erased."""
    try:
        case, card, until = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if until < clock.now().timestamp():
        return None
    row = Case.objects.select_related("store").filter(pk=case, card=card, key__isnull=False).first()
    return file_of(row) if row else None
