from datetime import timedelta

import pytest

from clothier.api import limits
from clothier.api.keys import caller, create_key, revoke_key
from clothier.api.models import ApiKey
from clothier.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_only_a_hash_of_the_secret_is_kept(cast):
    key = create_key(name="till", scopes=["orders:write"])
    secret = key.split("_", 2)[2]
    row = ApiKey.objects.get()
    assert secret not in str(row.__dict__)
    who = caller(key)
    assert who is not None
    assert (who.scopes, who.viewer.stores) == (frozenset({"orders:write"}), None)


@pytest.mark.parametrize("key", ["", "ck", "ck__", "ck_x_y", "Bearer", "ck_" + "a" * 500 + "_b"])
def test_what_is_no_key_opens_nothing(cast, key):
    create_key(name="till", scopes=["orders:write"])
    assert caller(key) is None


def test_an_expired_and_a_revoked_key_open_nothing(cast, saturday):
    expiring = create_key(name="till", scopes=["orders:write"], expires_at=saturday.now() + timedelta(hours=1))
    revoked = create_key(name="till", scopes=["orders:write"])
    assert caller(expiring)
    assert caller(revoked)
    saturday.advance(3600)
    revoke_key(prefix=revoked.split("_")[1])
    assert caller(expiring) is None
    assert caller(revoked) is None


def test_a_key_needs_a_purpose_known_scopes_and_a_future(cast, saturday):
    for wrong in ({"name": " "}, {"scopes": []}, {"scopes": ["all"]}, {"expires_at": saturday.now()}):
        with pytest.raises(Refused):
            create_key(**{"name": "till", "scopes": ["orders:write"], **wrong})
    assert ApiKey.objects.count() == 0


def test_a_key_without_the_scope_is_told_which_one_is_missing(machine_with, cast):
    machine = machine_with(scopes=["catalog:read"])
    answer = machine.get("visits")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert "visits:read" in answer.json()["detail"]


def test_guessing_keys_is_slowed_down(machine, monkeypatch):
    monkeypatch.setattr(limits, "guesses", limits.Limit(2))
    machine.key = "ck_0123456789_wrong"
    assert [machine.get("visits").status_code for _ in range(3)] == [401, 401, 429]


def test_a_machine_that_asks_too_often_is_told_when_to_come_back(machine, monkeypatch):
    monkeypatch.setattr(limits, "requests", limits.Limit(1))
    assert machine.get("visits").status_code == 200
    answer = machine.get("visits")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_web_processes_count_what_a_machine_asks_together(saturday, django_assert_num_queries):
    one, other = limits.Limit(40), limits.Limit(40)
    assert sum(process.take("till") for _ in range(40) for process in (one, other)) == 40
    with django_assert_num_queries(0):
        # Told once in this minute that nothing is left, a process does not ask again.
        assert not one.take("till")
    assert other.take("another till")
    saturday.advance(60)
    assert one.take("till")


def test_a_restarted_process_does_not_begin_to_count_anew(saturday):
    assert [limits.Limit(2).take("203.0.113.9") for _ in range(3)] == [True, True, False]
