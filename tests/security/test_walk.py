"""Nobody gets where they have no business: every address × every role, with another store's things."""

import pytest
from django.test import Client

from clothier.eventlog.models import Entry
from clothier.kernel.access import Role
from clothier.staff.models import Employee, User
from tests.cast import Cast
from tests.security.walk import Address, addresses, foreign, is_a_stores_own, values_for

pytestmark = pytest.mark.django_db

# Open to strangers, each for a reason: watched by machines, needed before sign-in, or only a preference.
PUBLIC = {
    "healthz", "readyz", "metrics", "manifest.webmanifest", "sw.js", "offline/", "api/v1/openapi.json", "api/v1/",
    "preferences/theme/", "preferences/language/",
    # The QR code in a fitting room holds a token that only that room has.
    "kiosk/bell/<str:token>/", "kiosk/bell/<str:token>/state/", "kiosk/bell/<str:token>/cancellation/",
}  # fmt: skip
REFUSED = {301, 302, 400, 401, 403, 404, 405}


@pytest.fixture
def known(cast):
    return foreign(cast)


def client_of(cast: Cast, role: Role) -> Client:
    known = {Role.ASSOCIATE: cast.zhou, Role.AGENT: cast.chen, Role.MANAGER: cast.wu, Role.OPERATOR: cast.gao}
    employee = known.get(role) or Employee.objects.create(
        number=role, name=role, role=role, user=User.objects.create_user(role), home_store=cast.store
    )
    client = Client(raise_request_exception=False)
    client.force_login(employee.user)
    return client


def ask(client: Client, method: str, path: str) -> int:
    return getattr(client, method)(path, headers={"HX-Request": "true"} if method == "post" else {}).status_code


def test_every_address_can_be_filled(known):
    """A new parameter must be added to tests/security/walk.py, with another store's thing where it is a store's own."""
    unknown = set()
    for address in addresses():
        try:
            values_for(address, known)
        except KeyError as missing:
            unknown.add(f"{address.route}: {missing}")
    assert unknown == set()


def test_what_is_public_exists():
    assert {address.route for address in addresses()} >= PUBLIC


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_away_from_everything_that_is_not_public(known, method):
    client, before = Client(raise_request_exception=False), Entry.objects.count()
    let_in = {
        address.route: status
        for address in addresses()
        if address.route not in PUBLIC
        and (status := ask(client, method, address.filled(values_for(address, known)))) not in REFUSED
    }
    assert let_in == {}
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", [Role.ASSOCIATE, pytest.param(Role.AGENT, marks=pytest.mark.slow), Role.MANAGER])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_reaches_another_stores_things(cast, known, role, method):
    client, before = client_of(cast, role), Entry.objects.count()
    let_in = {
        address.route: status
        for address in addresses()
        if is_a_stores_own(address)
        and (status := ask(client, method, address.filled(values_for(address, known)))) not in REFUSED
    }
    assert let_in == {}
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", [Role.ASSOCIATE, pytest.param(Role.MANAGER, marks=pytest.mark.slow), Role.OPERATOR])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_on_empty_forms_and_numbers_nobody_has(cast, known, role, method):
    client = client_of(cast, role)
    nobodys = {key: 987_654 if isinstance(value, int) else value for key, value in known.items()}
    broken = {
        address.route: status
        for address in addresses()
        # readyz says 503 where no worker runs, as it should.
        if address.route != "readyz"
        and (status := ask(client, method, address.filled(values_for(address, nobodys)))) >= 500
    }
    assert broken == {}


def test_a_form_from_elsewhere_is_refused_everywhere(cast, known):
    employee = cast.gao
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(employee.user)
    let_in = {
        address.route: status
        for address in addresses()
        # The API knows no cookie: nothing that a browser sends along by itself opens it.
        if not address.route.startswith("api/")
        and (status := client.post(address.filled(values_for(address, known))).status_code) not in {403, 404, 405}
    }
    assert let_in == {}


def test_the_sign_in_cookie_does_not_open_the_api(cast, known):
    client = client_of(cast, Role.OPERATOR)
    answers = {
        address.route: client.get(address.filled(values_for(address, known))).status_code
        for address in addresses()
        if address.route.startswith("api/v1/") and address.route not in PUBLIC
    }
    assert set(answers.values()) <= {401, 404, 405}


def test_the_walk_knows_its_own_map():
    assert len(addresses()) > 50
    assert is_a_stores_own(Address("floor/visits/<int:visit>/"))
    assert not is_a_stores_own(Address("customers/<int:pk>/"))
