"""Whatever the order and however often channels tell it, the same conversation comes of it."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clothier.conversations.models import Contact, Message, Thread
from tests.cast import Cast
from tests.conversations.said import write

TOLD = [("web", "b1", "一"), ("web", "b1", "二"), ("web", "b2", "三"), ("api", "b1", "四")]


@given(st.lists(st.sampled_from(range(len(TOLD))), min_size=1, max_size=10))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_message_is_kept_once_in_the_order_it_first_came(desk: Cast, order: list[int]):
    with transaction.atomic():
        kept = []
        for number in order:
            channel, sender, text = TOLD[number]
            kept.append(write(text, channel=channel, sender=sender, external_id=f"n{number}").pk)
        first = list(dict.fromkeys(order))
        assert [kept[order.index(number)] for number in first] == sorted(set(kept))
        assert Message.objects.count() == len(first)
        addresses = {TOLD[number][:2] for number in first}
        assert (Contact.objects.count(), Thread.objects.count()) == (len(addresses), len(addresses))
        transaction.set_rollback(True)
