import asyncio

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import transaction

from clothier.api.contracts import chat_guests
from clothier.api.live import hub as hubs
from clothier.api.live.app import Live
from clothier.api.live.hub import Hub
from clothier.eventlog.services import record
from clothier.kernel import nudges
from clothier.kernel.refs import Ref
from tests.api.listening import Ear, cookie_of
from tests.eventlog.conftest import LampLit, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seen")]
__all__ = ["seen"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(hubs, "PAUSE", 0.01)
    monkeypatch.setattr(hubs, "GATHER", 0)


def light(store: int) -> int:
    with transaction.atomic():
        return record(LampLit(lamp_id=7), subject=Ref("lamp", 7), store=store).pk


def test_a_listener_hears_her_own_store_and_no_other(cast):
    async def scene():
        ear = await Ear(Live(Hub()), cookie=cookie).open()
        await sync_to_async(light)(cast.other_store.pk)
        mine = await sync_to_async(light)(cast.store.pk)
        heard = await ear.hear(1)
        await ear.close()
        return mine, heard

    cookie = cookie_of(cast.zhou)
    light(cast.store.pk)  # the log has an end to start from; PostgreSQL's ids do not begin anew with a test
    mine, heard = async_to_sync(scene)()
    told = {name: heard[0][name] for name in ("event", "id", "type", "store", "subject")}
    assert told == {
        "event": "test",
        "id": mine,
        "type": "test.lamp_lit",
        "store": cast.store.pk,
        "subject": "lamp:7",
    }
    assert len(heard) == 1
    assert heard[0]["cursor"] <= mine


def test_a_listener_who_comes_back_hears_what_she_missed(cast):
    async def scene():
        ear = await Ear(Live(Hub()), cookie=cookie, last_event_id=str(first)).open()
        heard = await ear.hear(2)
        await ear.close()
        return heard

    cookie = cookie_of(cast.zhou)
    first, second, third = (light(cast.store.pk) for _ in range(3))
    assert [message["id"] for message in async_to_sync(scene)()] == [second, third]


@pytest.mark.parametrize("cookie", ["", "clothier_session=nobody", "clothier_session=\x01;;=,"])
def test_strangers_are_not_told_anything(cast, cookie):
    async def scene():
        ear = await Ear(Live(Hub()), cookie=cookie).open()
        assert ear.task is not None
        await ear.task
        return ear

    ear = async_to_sync(scene)()
    assert (ear.status, ear.text) == (401, b"")


def test_what_this_process_records_is_told_without_waiting_for_the_next_look(cast, monkeypatch):
    async def scene():
        ear = await Ear(Live(Hub()), cookie=cookie).open()
        mine = await sync_to_async(light)(cast.store.pk)
        heard = await ear.hear(1)
        await ear.close()
        return mine, heard[0]["id"]

    cookie = cookie_of(cast.zhou)
    light(cast.store.pk)
    monkeypatch.setattr(hubs, "PAUSE", 3600)
    # A transaction that is rolled back at the end of a test never commits; told here is what would follow the commit.
    monkeypatch.setattr(transaction, "on_commit", lambda tell, **_: tell())
    mine, heard = async_to_sync(scene)()
    assert mine == heard


def test_a_customer_hears_of_their_own_chat_and_of_nothing_else(cast, monkeypatch):
    async def scene():
        live = Live(Hub())
        ear = await Ear(live, path="/chat/live/", query="chat=secret").open()
        stranger = await Ear(live, path="/chat/live/", query="chat=other").open()
        assert stranger.task is not None
        await stranger.task
        await sync_to_async(light)(cast.store.pk)
        nudges.whisper("typing", Ref("chat", 8))
        nudges.whisper("typing", Ref("chat", 7))
        heard = await ear.hear(1)
        await ear.close()
        return stranger.status, [(message["event"], message["subject"]) for message in heard]

    monkeypatch.setattr(chat_guests, "_answer", lambda secret, _cookies: 7 if secret == "secret" else None)
    assert async_to_sync(scene)() == (401, [("typing", "chat:7")])


def test_a_phone_asleep_gets_one_message_to_look_again(cast, monkeypatch):
    async def scene():
        hub = Hub()
        listener = await hub.join(lambda about, store: store == cast.store.pk, None)
        for _ in range(5):
            await sync_to_async(light)(cast.store.pk)
        async with asyncio.timeout(30):
            while True:
                text = await listener.queue.get()
                if b"resync" in text:
                    break
        hub.leave(listener)
        return text

    monkeypatch.setattr(hubs, "BACKLOG", 2)
    assert async_to_sync(scene)().endswith(b"event: resync\ndata: {}\n\n")


def test_five_hundred_listeners_share_one_reader(cast, monkeypatch):
    async def scene():
        live = Live(Hub())
        ears = await asyncio.gather(*[Ear(live, cookie=cookie).open() for _ in range(500)])
        mine = await sync_to_async(light)(cast.store.pk)
        heard = await asyncio.gather(*[ear.hear(1) for ear in ears])
        await asyncio.gather(*[ear.close() for ear in ears])
        return mine, heard, live

    cookie = cookie_of(cast.zhou)
    mine, heard, live = async_to_sync(scene)()
    assert {messages[0]["id"] for messages in heard} == {mine}
    assert len(live.hub.listeners) == 0


def test_when_the_server_stops_listeners_are_sent_home(cast):
    async def scene():
        live = Live(Hub())
        ear = await Ear(live, cookie=cookie).open()
        live.hub.close()
        assert ear.task is not None
        async with asyncio.timeout(30):
            await ear.task
        late = await Ear(live, cookie=cookie).open()
        return ear, late

    cookie = cookie_of(cast.zhou)
    ear, late = async_to_sync(scene)()
    assert (ear.status, late.status) == (200, 503)
