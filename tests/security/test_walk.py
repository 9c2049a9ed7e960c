"""Nobody gets where they have no business: every address × role × method, own things and another store's."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client

from clothier.eventlog.models import Entry
from clothier.kernel.access import Role
from clothier.staff.models import Employee, User
from tests.cast import Cast
from tests.security.walk import PUBLIC, Address, addresses, of_another_store, values_for
from tests.security.world import MARK, NAME, NOBODY, PHONE

pytestmark = pytest.mark.django_db

SAFE, UNSAFE = ("get", "head"), ("post", "put", "patch", "delete")
NOT_HERE = {403, 404, 405}
# A form may be refused before anybody looks whose thing it is about; that nothing was written is looked at beside.
REFUSED = {*NOT_HERE, 400, 409}
STORES_OWN = [Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.MALL]


def client_of(cast: Cast, role: Role) -> Client:
    known = {Role.ASSOCIATE: cast.zhou, Role.AGENT: cast.chen, Role.MANAGER: cast.wu, Role.OPERATOR: cast.gao}
    employee = known.get(role) or Employee.objects.create(
        number=role, name=role, role=role, user=User.objects.create_user(role), home_store=cast.store
    )
    client = Client(raise_request_exception=False)
    client.force_login(employee.user)
    return client


def ask(client: Client, method: str, path: str):
    return getattr(client, method)(path)


def sent_to(answer, *doors: str) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(doors)


def text_of(answer) -> str:
    """What can be read in an answer, also in a workbook, which is an archive of texts."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def test_every_address_can_be_filled(world):
    """A new parameter must be added to tests/security/world.py, twice where it names a store's own thing."""
    unknown = set()
    for address in addresses():
        try:
            values_for(address, world.own)
        except KeyError as missing:
            unknown.add(f"{address.route}: {missing}")
    assert unknown == set()


def test_what_is_public_exists():
    assert {address.route for address in addresses()} >= PUBLIC


@pytest.mark.parametrize("method", [*SAFE, *UNSAFE])
def test_a_stranger_is_sent_to_sign_in_from_everything_that_is_not_public(world, method):
    client, before = Client(raise_request_exception=False), Entry.objects.count()
    wrong = {}
    for address in addresses():
        if address.route in PUBLIC:
            continue
        answer = ask(client, method, address.filled(values_for(address, world.own)))
        told = answer.status_code in {*NOT_HERE, 401} or sent_to(answer, "/accounts/login/", "/office/login/")
        if not told or NAME in text_of(answer):
            wrong[address.route] = answer.status_code, answer.headers.get("Location")
    assert wrong == {}
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTOMER])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_enters_where_they_have_no_business(world, role, method):
    client, before = client_of(world.cast, role), Entry.objects.count()
    wrong = {}
    for address in addresses():
        if role in address.business() or address.route in PUBLIC or address.is_api:
            continue
        answer = ask(client, method, address.filled(values_for(address, world.own)))
        # Every page of the back office sends to its door, which says no: test_office.
        if answer.status_code not in NOT_HERE and not sent_to(answer, "/office/login/"):
            wrong[address.route] = answer.status_code
    assert wrong == {}
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTOMER])
def test_everybody_enters_where_they_have_business_and_sees_nothing_of_another_store(world, role):
    client, wrong = client_of(world.cast, role), {}
    for address in addresses():
        # One's own sign-in and the back office's rows have pages that are there for some and not for others.
        if role not in address.business() or address.route.startswith(("accounts/", "office/")):
            continue
        answer = ask(client, "get", address.filled(values_for(address, world.own)))
        body = text_of(answer)
        if answer.status_code not in {200, 302, 405}:
            wrong[address.route] = answer.status_code
        if PHONE in body or (MARK in body and role in STORES_OWN) or (NAME in body and role is Role.MALL):
            wrong[address.route] = "what is not theirs to read"
    assert wrong == {}


@pytest.mark.parametrize("role", STORES_OWN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_reaches_another_stores_things(world, role, method):
    client, before = client_of(world.cast, role), Entry.objects.count()
    wrong, asked = {}, 0
    for address in addresses():
        if address.route in PUBLIC or address.route.startswith(("office/", "api/")):
            continue
        for path in of_another_store(address, world.own, world.foreign):
            asked += 1
            answer = ask(client, method, path)
            if answer.status_code not in (NOT_HERE if method == "get" else REFUSED) or MARK in text_of(answer):
                wrong[path] = answer.status_code
    assert wrong == {}
    assert asked > 50
    assert Entry.objects.count() == before


def test_pages_take_nothing_but_get_and_post(world):
    client = client_of(world.cast, Role.ADMIN)
    taken = {
        (address.route, method): status
        for address in addresses()
        if not address.is_api and address.route not in PUBLIC and not address.route.startswith(("office/", "accounts/"))
        for method in ("put", "patch", "delete")
        if (status := ask(client, method, address.filled(values_for(address, world.own))).status_code) not in NOT_HERE
    }
    assert taken == {}


@pytest.mark.parametrize("role", [Role.ASSOCIATE, pytest.param(Role.MANAGER, marks=pytest.mark.slow), Role.OPERATOR])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_on_empty_forms_and_numbers_nobody_has(world, role, method):
    client = client_of(world.cast, role)
    nobodys = {key: NOBODY if isinstance(value, int) else value for key, value in world.own.items()}
    broken = {
        address.route: status
        for address in addresses()
        # readyz says 503 where no worker runs, as it should; the back office's pages have tests of their own.
        if address.route != "readyz"
        and not address.route.startswith("office/")
        and (status := ask(client, method, address.filled(values_for(address, nobodys))).status_code) >= 500
    }
    assert broken == {}


@pytest.mark.parametrize("role", [Role.ASSOCIATE, Role.OPERATOR])
def test_no_address_breaks_on_an_empty_form_about_a_thing_that_is_there(world, role):
    client, broken = client_of(world.cast, role), {}
    for address in addresses():
        if role in address.business() and not address.route.startswith(("accounts/", "office/")):
            with transaction.atomic():
                status = ask(client, "post", address.filled(values_for(address, world.own))).status_code
                transaction.set_rollback(True)
            broken |= {address.route: status} if status >= 500 else {}
    assert broken == {}


def test_a_form_from_elsewhere_is_refused_everywhere(world):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.cast.gao.user)
    let_in = {
        address.route: status
        for address in addresses()
        # The API and the customer's chat know no cookie: nothing that a browser sends along by itself opens them.
        if not address.is_api
        and not address.route.startswith("chat/<str:secret>/")
        and (status := ask(client, "post", address.filled(values_for(address, world.own))).status_code) not in NOT_HERE
    }
    assert let_in == {}


def test_the_sign_in_cookie_does_not_open_the_api(world):
    client = client_of(world.cast, Role.OPERATOR)
    answers = {
        (address.route, method): ask(client, method, address.filled(values_for(address, world.own))).status_code
        for address in addresses()
        for method in ("get", *UNSAFE)
        if address.is_api and address.route not in PUBLIC
    }
    assert set(answers.values()) <= {401, 404, 405}


def test_a_kiosk_opens_for_its_own_screen_and_no_other_stores(world):
    client = Client(raise_request_exception=False)
    client.cookies["clothier_kiosk"] = world.screen
    pages = [a for a in addresses() if a.route.startswith("kiosk/<slug:code>/")]
    answers = [(ask(client, "get", a.filled(values_for(a, world.own))).status_code, a.route) for a in pages]
    assert {status for status, _route in answers} <= {200, 302, 405}
    shut = {
        path: ask(client, "get", path).status_code
        for a in pages
        for path in of_another_store(a, world.own, world.foreign)
    }
    assert set(shut.values()) == {403}
    assert MARK not in "".join(ask(client, "get", a.filled(values_for(a, world.own))).content.decode() for a in pages)


def test_the_walk_knows_its_own_map(world):
    assert len(addresses()) > 250
    assert of_another_store(Address("floor/visits/<int:visit>/"), world.own, world.foreign) != []
    assert of_another_store(Address("customers/<int:pk>/"), world.own, world.foreign) == []
    assert Role.MALL not in Address("customers/<int:pk>/").business()
