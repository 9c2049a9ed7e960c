"""What people write comes out as text: in pages, files, headers and queries."""

from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from clothier.customers import services as customers
from clothier.customers.contracts import NewIdentifier
from clothier.customers.models import Customer
from clothier.customers.rules.identifiers import Kind
from clothier.customers.selectors import find
from clothier.imports.services import receive
from clothier.kernel import cells
from clothier.kernel.access import Role
from tests.security import world
from tests.security.test_walk import client_of, text_of
from tests.security.walk import addresses, values_for

pytestmark = pytest.mark.django_db
ATTACK = "</title></script>\"'><img src=x onerror=alert(1)>{{7*7}}"
SQL = ["' OR 1=1 --", "'; DROP TABLE customers_customer; --", '" OR ""="', "%", "_", "\\", "1) OR (1=1"]


class Events(HTMLParser):
    """Attributes that run something: there is none of them on any page of ours."""

    found = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        ran = [name for name, value in attributes if name == "onerror" or (value or "").startswith("javascript:")]
        self.found |= bool(ran)


@pytest.fixture
def attacked(cast, monkeypatch):
    """Every free text of the world, and the names of the cast, is an attack."""
    short = ATTACK[-40:]
    monkeypatch.setattr(world, "MARK", short[:20])
    monkeypatch.setattr(world, "NAME", ATTACK[:60])
    made = world.build(cast)
    for row in (cast.store, cast.other_store, cast.zhou, cast.wu, cast.gao):
        type(row).objects.filter(pk=row.pk).update(name=short)
    lin = made.own["", "customer"]
    customers.write_note(customer_id=lin, template="visit", answers={"need": ATTACK}, acknowledged=True)
    customers.note_fact(customer_id=lin, field="style", value=short)
    customers.create_tag(name=short[:20])
    return made


def test_no_page_runs_what_somebody_wrote(cast, attacked):
    """The house's own pages and the back office's, which Django's engine draws."""
    client, ran, shown = client_of(cast, Role.ADMIN), [], 0
    for address in addresses():
        # Of the back office one list and one form for each kind of thing.
        if address.route.startswith("office/") and not address.route.endswith(("change/", "shift/", "employee/")):
            continue
        answer = client.get(address.filled(values_for(address, attacked.own)))
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        body, reader = text_of(answer), Events()
        reader.feed(body)
        shown += "onerror" in body
        if reader.found:
            ran.append(address.route)
    assert ran == []
    assert shown > 20


@pytest.mark.parametrize("text", SQL)
def test_a_search_term_is_a_term(cast, text):
    phone = NewIdentifier(Kind.PHONE, "13900001234", verified=True)
    customers.register(name="林梅", store=cast.store.pk, identifiers=[phone])
    assert find(cast.viewer(cast.chen), text) == []
    client = client_of(cast, Role.OPERATOR)
    for page, asked in (("customers", "q"), ("studio/log", "type"), ("reports", "store"), ("rules/promises", "state")):
        assert client.get(f"/{page}/", {asked: text}).status_code < 500
    assert Customer.objects.count() == 1


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_no_cell_of_a_file_is_a_formula(text):
    assert cells.cell(text) == f"'{text}"
    assert cells.written([[text, "-12.50", "林"]]).startswith(("'", "\"'"))
    assert cells.cell("-12.50") == "-12.50"


def test_every_csv_file_of_the_house_is_written_by_the_same_hand():
    from pathlib import Path

    src = Path(world.__file__).resolve().parents[2] / "src" / "clothier"
    writers = {str(path.relative_to(src)) for path in src.rglob("*.py") if "csv.writer" in path.read_text()}
    # The bench writes files for itself to read.
    assert writers == {"kernel/cells.py", "cli/benches/writing.py"}


def test_a_segment_leaves_under_a_name_that_is_one_header_and_with_names_that_are_no_formulas(cast):
    customers.register(name="=HYPERLINK(1)", store=cast.store.pk)
    name = 'a"\r\nSet-Cookie: x=1; filename=b\\..'
    segment = customers.save_segment(name=name, condition={"kind": "all", "of": []})
    answer = client_of(cast, Role.OPERATOR).post(f"/customers/segments/{segment}/export")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert unquote(answer["Content-Disposition"].partition("''")[2]) == f"{name}.csv"
    assert "'=HYPERLINK(1)" in text_of(answer)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", 'a\r\nb".csv'])
def test_an_uploaded_files_name_is_only_a_label(cast, settings, tmp_path, name):
    settings.HOME = tmp_path
    task = receive(kind="customers", file_name=name, chunks=[b"name,phone\n\xe6\x9e\x97,13900001234\n"])
    assert task.file.parent == tmp_path / "imports"
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {tmp_path / "imports"}
    task.rejected_file.write_text("row\n")
    answer = client_of(cast, Role.OPERATOR).get(f"/imports/{task.pk}/rejected")
    assert "\n" not in answer["Content-Disposition"]
    assert "/" not in answer["Content-Disposition"].partition("filename")[2]
    answer.close()


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/%2e%2e/secret-key", "/imports/%2e%2e/key"])
def test_an_address_that_climbs_leads_nowhere(client, path):
    assert client.get(path).status_code == 404
