"""What no database can keep is told so at the door: 400 or an error at its field, never a 500."""

import json

import pytest
from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.api.live.session import viewer_by_cookie
from clothier.kernel.access import Role
from clothier.kernel.plain import storable, suspect
from tests.security.test_walk import client_of
from tests.security.walk import addresses, values_for

pytestmark = pytest.mark.django_db

NUL = "梅\x00"


# Made and walked by others, but behind the same door: one of each will do.
THEIRS = ("accounts/", "office/")
OTHERS = ["/accounts/login/", "/accounts/logout/", "/office/", "/office/staff/employee/", "/no-such-page/"]


@pytest.fixture
def paths(world):
    ours = [address for address in addresses() if not address.route.startswith(THEIRS)]
    return [*(address.filled(values_for(address, world.own)) for address in ours), *OTHERS]


@pytest.mark.parametrize("query", ["q=%00", "%00=q", "store=a&before=1%00&q=x"])
def test_every_address_refuses_nul_in_its_query(world, paths, query):
    client = client_of(world.cast, Role.OPERATOR)
    answers = {path: client.get(f"{path}?{query}").status_code for path in paths}
    assert {path: status for path, status in answers.items() if status != 400} == {}


def test_every_form_refuses_nul_in_its_fields(world, paths):
    client = client_of(world.cast, Role.OPERATOR)
    answers = {path: client.post(path, {"q": NUL}).status_code for path in paths if not path.startswith("/api/")}
    assert {path: status for path, status in answers.items() if status not in {400, 403, 404, 405}} == {}
    assert list(answers.values()).count(400) > len(answers) / 2
    assert client.post("/preferences/theme/", {NUL: "dark"}).status_code == 400


def test_broken_code_points_in_a_query_are_read_as_unknown_characters(world, paths):
    client = client_of(world.cast, Role.OPERATOR)
    answers = {path: client.get(f"{path}?q=%ED%A0%80&before=%FF").status_code for path in paths if path != "/readyz"}
    assert {path: status for path, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("path", ["/kiosk/%00/", "/kiosk/bell/a%00/", "/rules/documents/%00/", "/%00", "/api/v1/%00"])
def test_nul_in_the_path_is_refused(world, path):
    assert client_of(world.cast, Role.OPERATOR).get(path).status_code == 400


@pytest.mark.parametrize("name", ["clothier_session", "csrftoken", "django_language"])
def test_nul_in_a_cookie_is_refused_and_opens_no_live_feed(client, name):
    quoted = f'{name}="abc\\000"'
    assert client.get("/floor/", headers={"Cookie": quoted}).status_code == 400
    assert viewer_by_cookie(quoted) is None


def test_the_page_for_it_is_a_page_and_the_apis_answer_a_problem(client):
    page = client.get("/floor/?q=%00")
    assert (page.status_code, page.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "<html" in page.content.decode()
    problem = client.get("/api/v1/styles?after=%00")
    assert (problem.status_code, problem.headers["Content-Type"]) == (400, "application/problem+json")
    assert "NUL" in problem.json()["detail"]


@pytest.fixture
def till(world) -> Client:
    key = create_key(name="till", scopes=list(Scope), stores=[world.cast.store.pk])
    return Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)


@pytest.mark.parametrize("text", [r'"a\u0000b"', r'"\ud800"', r'"\uDFFF x"', '"a\x00b"', b'"\xed\xa0\x80"'])
@pytest.mark.parametrize("place", ["customers", "arrivals", "orders", "bells"])
def test_a_json_body_with_it_is_refused_whatever_the_field(till, place, text):
    raw = text if isinstance(text, bytes) else text.encode()
    for body in (b'{"store": %s}' % raw, b'{"store": "sh-nanjing", "name": %s, "no_such_field": [%s]}' % (raw, raw)):
        assert till.post(f"/api/v1/{place}", body, content_type="application/json").status_code in {400, 404}
        named = b'{%s: "x"}' % raw
        assert till.post(f"/api/v1/{place}", named, content_type="application/json").status_code in {400, 404}


def test_the_sentence_says_what_is_wrong_with_the_body(till):
    answer = till.post("/api/v1/arrivals", r'{"store": "\u0000"}', content_type="application/json")
    assert "无法保存的字符" in answer.json()["detail"]


def test_whole_pairs_and_escaped_backslashes_are_text(till):
    body = {"store": "sh-nanjing", "name": "梅\U0001f600 \\u0000 \ud55c"}
    text = json.dumps(body)
    assert suspect(text.encode())
    assert storable(json.loads(text))
    assert till.post("/api/v1/customers", text, content_type="application/json").status_code == 201


@pytest.mark.parametrize("field", ["key", "store", "visit_key", "zone", "type", "via"])
@pytest.mark.parametrize("text", [r'"a\u0000b"', r'"\ud800"'])
def test_a_line_of_a_stream_with_it_is_refused_alone(till, field, text):
    good = '{"type": "arrival", "key": "a1", "store": "sh-nanjing"}'
    facts = {"type": '"zone"', "key": '"z1"', "store": '"sh-nanjing"', "zone": '"coats"', "dwell_seconds": "5"}
    bad = "{" + ", ".join(f'"{name}": {value}' for name, value in {**facts, field: text}.items()) + "}"
    if field == "via":
        bad = good[:-1] + f', "via": {text}}}'
    answer = till.post("/api/v1/events", f"{bad}\n{good}\n", content_type="application/x-ndjson")
    assert (answer.status_code, answer.json()["accepted"], answer.json()["rejected"]) == (200, 1, 1)
