"""Forgetting what a customer came with: without its key nothing that was said on a case can be read again."""

from collections.abc import Iterable

from django.db import transaction

from clothier.cases.models import Case, CasePhoto
from clothier.conversations.services.files import place


def forget(records: Iterable[int]) -> None:
    """Drop the keys of these customers' cases; photos go after the commit, sealed with a key that is gone."""
    cases = list(Case.objects.filter(customer_id__in=list(records)).values_list("pk", flat=True))
    stored = list(CasePhoto.objects.filter(case__in=cases).values_list("stored", flat=True))
    Case.objects.filter(pk__in=cases).update(key=None, sealed="")
    transaction.on_commit(lambda: _remove(stored))


def _remove(stored: Iterable[str]) -> None:
    for name in stored:
        place(name).unlink(missing_ok=True)
