"""Whatever is written into a field of a form is answered: never with a 500."""

from collections.abc import Iterable
from itertools import chain, product

import pytest
from django.db import transaction
from django.test import Client

from clothier.kernel.access import Role
from tests.security.forms import Form, forms
from tests.security.test_walk import client_of
from tests.security.walk import addresses, values_for

pytestmark = pytest.mark.django_db
LONG = "衣" * 3000
ODD = [LONG, "-1", "99999999999999999999", "1e400", "NaN", "2026-13-45", "\ud7ff\U0010ffff", "'\"<>&%s{{}}"]


def met(client: Client, own: dict) -> list[Form]:
    """Every form on every page that somebody reaches, each once."""
    found: dict[tuple, Form] = {}
    for address in addresses():
        page = address.filled(values_for(address, own))
        if page.startswith(("/api/", "/office/", "/accounts/", "/live/", "/readyz")):
            continue
        answer = client.get(page)
        if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            for form in forms(answer.content.decode(), page):
                found.setdefault((form.action, *sorted(form.fields)), form)
    return list(found.values())


def refused(client: Client, form: Form, odd_ones: Iterable[tuple[set[str], str]]) -> tuple[int, list[tuple]]:
    """How often a form was sent with something odd in the named fields, and which of it broke the page."""
    tried, broken = 0, []
    for names, odd in odd_ones:
        with transaction.atomic():
            status = client.post(form.action, {**form.fields, **dict.fromkeys(names, odd)}).status_code
            transaction.set_rollback(True)
        broken += [(form.action, sorted(names), odd[:12])] if status >= 500 else []
        tried += 1
    return tried, broken


def test_no_form_breaks_on_what_is_written_into_all_of_it(world):
    client = client_of(world.cast, Role.OPERATOR)
    told = [refused(client, form, product([form.free], ODD[:4])) for form in met(client, world.own)]
    assert [one for _tried, broken in told for one in broken] == []
    assert sum(tried for tried, _broken in told) > 150


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ASSOCIATE, Role.MANAGER])
def test_no_form_breaks_on_what_is_written_into_it(world, role):
    client = client_of(world.cast, role)
    # All at once, and each alone: the first wrong field may keep the others from being read.
    told = [
        refused(client, form, chain(product([form.free], ODD), product([{name} for name in form.free], ODD[:2])))
        for form in met(client, world.own)
    ]
    assert [one for _tried, broken in told for one in broken] == []
    assert sum(tried for tried, _broken in told) > 150
