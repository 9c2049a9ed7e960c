"""Whatever is written into a field of a form is answered: never with a 500."""

from itertools import chain, product

import pytest
from django.db import transaction
from django.test import Client

from clothier.kernel.access import Role
from tests.security.forms import Form, forms
from tests.security.test_walk import client_of
from tests.security.walk import addresses, values_for
from tests.security.world import build

pytestmark = pytest.mark.django_db
LONG = "衣" * 3000
ODD = [LONG, "-1", "99999999999999999999", "1e400", "NaN", "2026-13-45", "\ud7ff\U0010ffff", "'\"<>&%s{{}}"]


@pytest.fixture
def own(cast):
    return build(cast).own


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


@pytest.mark.parametrize(
    "role",
    [
        Role.OPERATOR,
        pytest.param(Role.ASSOCIATE, marks=pytest.mark.slow),
        pytest.param(Role.MANAGER, marks=pytest.mark.slow),
    ],
)
def test_no_form_breaks_on_what_is_written_into_it(cast, own, role):
    client, broken, tried = client_of(cast, role), [], 0
    for form in met(client, own):
        # All at once, and each alone: the first wrong field may keep the others from being read.
        alone = product([{name} for name in form.free], ODD[:2])
        for names, odd in chain(product([form.free], ODD), alone):
            with transaction.atomic():
                status = client.post(form.action, {**form.fields, **dict.fromkeys(names, odd)}).status_code
                transaction.set_rollback(True)
            broken += [(form.action, sorted(names), odd[:12])] if status >= 500 else []
            tried += 1
    assert broken == []
    assert tried > 150
