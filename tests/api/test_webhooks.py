import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from django.db import OperationalError, transaction

from clothier.api.models import Posting, Subscription
from clothier.api.selectors import earliest_posting
from clothier.api.services import pause, prune_postings, resume, retry, rotate_secret, send_test, subscribe
from clothier.api.webhooks import guard, services
from clothier.api.webhooks.guard import checked
from clothier.api.webhooks.posting import signature
from clothier.eventlog.services import record
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.worker.chores import ROUTINES
from tests.eventlog.conftest import LampLit, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seen")]
__all__ = ["seen"]


class Listener(BaseHTTPRequestHandler):
    """The other side, which remembers what came and answers as told."""

    answers: ClassVar[list[int]] = []
    heard: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((dict(self.headers), body))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.send_header("Location", "https://example.com/")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def other_side(settings):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    server = HTTPServer(("127.0.0.1", 0), Listener)
    Listener.answers, Listener.heard = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook?a=1"
    server.shutdown()
    server.server_close()


def light(store: int = 3) -> int:
    with transaction.atomic():
        return record(LampLit(lamp_id=7), subject=Ref("lamp", 7), store=store).pk


def test_a_subscriber_is_told_once_with_a_signature_that_can_be_checked(saturday, other_side):
    light()
    _row, secret = subscribe(url=other_side, types=["test.lamp_lit"], stores=[3])
    entry = light()
    light(store=4)
    for _ in range(2):
        services.Reader().read()
    assert (services.post_due(), services.post_due()) == (1, 0)
    ((headers, body),) = Listener.heard
    told = json.loads(body)
    assert (told["id"], told["type"], told["data"]) == (entry, "test.lamp_lit", {"lamp_id": 7})
    timestamp, signed = (part.partition("=")[2] for part in headers["Clothier-Signature"].split(","))
    assert int(timestamp) == int(saturday.now().timestamp())
    expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert signed == expected
    assert Posting.objects.get().state == "sent"


def test_what_was_read_while_the_database_went_away_is_owed_all_the_same(saturday, other_side, monkeypatch):
    subscribe(url=other_side, types=["test.lamp_lit"])
    reader, owe = services.Reader(), services._owe
    reader.read()
    entry = light()

    def gone(*_: Any) -> None:
        monkeypatch.setattr(services, "_owe", owe)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(services, "_owe", gone)
    with pytest.raises(OperationalError):
        reader.read()
    reader.read()
    assert list(Posting.objects.values_list("entry_id", flat=True)) == [entry]


def test_the_secret_lies_sealed(saturday, other_side):
    row, secret = subscribe(url=other_side, types=["test.lamp_lit"])
    row.refresh_from_db()
    assert secret.encode() not in bytes(row.sealing_key)
    assert secret not in row.sealed_secret


def test_what_is_not_taken_is_tried_again_with_growing_pauses_and_parked_in_the_end(saturday, other_side):
    subscribe(url=other_side, types=["test.lamp_lit"])
    light()
    services.Reader().read()
    Listener.answers = [500, 302] + [500] * 6
    pauses = []
    for _ in range(services.ATTEMPTS):
        assert services.post_due() == 1
        row = Posting.objects.get()
        pauses.append((row.due_at - saturday.now()).total_seconds())
        saturday.advance(max(pauses[-1], 0))
    assert (row.state, row.status, row.error) == ("parked", 500, "HTTP 500")
    assert pauses[0] < 20 < pauses[1] < 90 < pauses[2]
    assert services.post_due() == 0
    retry(posting=row.pk)
    assert services.post_due() == 1
    assert Posting.objects.get().state == "sent"


def test_what_happens_during_a_pause_waits_and_is_posted_when_it_ends(saturday, other_side):
    row, _secret = subscribe(url=other_side, types=["test.lamp_lit"])
    pause(subscription=row.pk, actor=None)
    entries = [light(), light()]
    services.Reader().read()
    assert (services.post_due(), earliest_posting(), Listener.heard) == (0, None, [])
    resume(subscription=row.pk, actor=None)
    assert services.post_due() == 2
    assert [json.loads(body)["id"] for _headers, body in Listener.heard] == entries


def test_after_a_change_both_secrets_sign_for_a_day_and_then_the_new_one_alone(saturday, other_side):
    row, old = subscribe(url=other_side, types=["test.lamp_lit"])
    new = rotate_secret(subscription=row.pk, actor=None)
    said = []
    for _ in range(2):
        light()
        services.Reader().read()
        services.post_due()
        headers, body = Listener.heard[-1]
        at = int(saturday.now().timestamp())
        said.append((headers["Clothier-Signature"], signature([new, old], at, body), signature([new], at, body)))
        saturday.advance(24 * 3600)
    (first, both, _alone), (second, _both, alone) = said
    assert first == both
    assert second == alone


def test_changed_twice_in_a_day_the_oldest_secret_signs_no_more(saturday, other_side):
    row, _oldest = subscribe(url=other_side, types=["test.lamp_lit"])
    old, new = (rotate_secret(subscription=row.pk, actor=None) for _ in range(2))
    row.refresh_from_db()
    assert services._secrets(row) == [new, old]


def test_a_signature_is_good_for_its_moment_and_its_body_alone(saturday):
    told = signature(["s"], 1_700_000_000, b"{}")
    assert told == ("t=1700000000,v1=" + hmac.new(b"s", b"1700000000.{}", hashlib.sha256).hexdigest())
    # Sent again later, or with another body, the receiver's own sum is another one.
    assert signature(["s"], 1_700_000_300, b"{}").partition("v1=")[2] != told.partition("v1=")[2]
    assert signature(["s"], 1_700_000_000, b"{ }").partition("v1=")[2] != told.partition("v1=")[2]


def test_what_arrived_is_let_go_after_its_days_and_what_is_parked_stays(saturday, other_side):
    subscribe(url=other_side, types=["test.lamp_lit"])
    for _ in range(4):
        light()
    services.Reader().read()
    services.post_due()
    _arrived, gone, waits, stuck = Posting.objects.order_by("pk")
    Posting.objects.filter(pk=gone.pk).update(state="let_go")
    Posting.objects.filter(pk=waits.pk).update(state="waiting")
    Posting.objects.filter(pk=stuck.pk).update(state="parked")
    saturday.advance(29 * 86_400)
    assert prune_postings(saturday.now() - timedelta(days=30)) == 0
    saturday.advance(2 * 86_400)
    assert prune_postings(saturday.now() - timedelta(days=30)) == 2
    assert set(Posting.objects.values_list("pk", flat=True)) == {waits.pk, stuck.pk}


def test_a_retired_secret_is_forgotten_when_its_day_is_over_however_long_postings_are_kept(saturday, other_side):
    row, _secret = subscribe(url=other_side, types=["test.lamp_lit"])
    rotate_secret(subscription=row.pk, actor=None)
    (forget,) = (routine.run for routine in ROUTINES if routine.name == "retired-secrets")
    saturday.advance(86_399)
    assert forget() == 0
    saturday.advance(1)
    assert (forget(), forget()) == (1, 0)
    row.refresh_from_db()
    assert (row.sealed_before, row.both_sign()) == ("", False)


def test_a_test_is_posted_as_any_other_event(saturday, other_side):
    row, _secret = subscribe(url=other_side, types=["test.lamp_lit"])
    send_test(subscription=row.pk, actor=None)
    assert services.post_due() == 1
    ((headers, body),) = Listener.heard
    assert (headers["Clothier-Event"], json.loads(body)["subject"]) == ("webhook.tested", f"webhook:{row.pk}")


def test_a_reader_that_starts_later_tells_what_happened_meanwhile(saturday, other_side):
    subscribe(url=other_side, types=["test.lamp_lit"])
    reader = services.Reader()
    reader.read()
    for _ in range(3):
        light()
    # Entries that nothing is settled behind yet may be looked at again, and are owed once.
    assert services.Reader().read() >= 3
    assert reader.read() == 3
    assert Posting.objects.count() == 3


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://localhost:8000/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0x7f000001/",
        "https://user:pass@example.com/",
        "https://example.com:99999/",
        "ftp://example.com/",
        "https:///nowhere",
        "nonsense",
    ],
)
def test_no_address_leads_into_our_own_network(url, monkeypatch):
    with pytest.raises(Refused):
        subscribe(url=url, types=["test.lamp_lit"])
    assert Subscription.objects.count() == 0


def test_a_name_that_answers_with_one_inner_address_is_refused(monkeypatch):
    answers = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.215.14", "192.168.0.1")]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(Refused):
        checked("https://rebinding.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))])
    assert checked("https://shop.example/hook").ip == "93.184.215.14"
