"""Everything a worker does."""

import structlog

from clothier.api.selectors import earliest_posting
from clothier.api.services import Reader, drop_retired_secrets, post_due
from clothier.api.services import call_forward as call_postings_forward
from clothier.bookings import services as bookings
from clothier.checkout import services as checkout
from clothier.conversations import services as conversations
from clothier.customers import services as customers
from clothier.eventlog import deliveries
from clothier.eventlog.selectors import earliest_due
from clothier.imports import services as imports
from clothier.insights import services as insights
from clothier.loyalty import services as loyalty
from clothier.payments import services as payments
from clothier.payments.selectors import earliest_question
from clothier.rewards import services as rewards
from clothier.settlement import services as settlement
from clothier.standards import services as standards
from clothier.visits import services as visits
from clothier.worker import retention, routines
from clothier.worker.loop import Chore
from clothier.worker.routines import Routine, earliest, enrol, every, nightly, run_one

log = structlog.get_logger(__name__)


def _tags() -> int:
    """One pass is the whole work, however many tags changed."""
    customers.refresh_rule_tags()
    return 0


def _predictions() -> int:
    """One pass looks at everybody."""
    insights.predict_repurchase()
    return 0


ROUTINES = [
    Routine("cadences", standards.open_cadences, standards.next_cadence),
    Routine("customers", customers.run_due, every(minutes=5)),
    Routine("preparations", visits.prepare_all, every(minutes=20)),
    Routine("reminders", bookings.remind_all, every(minutes=5)),
    Routine("no-shows", bookings.note_missed, every(minutes=5)),
    Routine("farewells", visits.see_off, every(minutes=20)),
    Routine("forgotten-carts", checkout.drop_forgotten, every(minutes=20)),
    Routine("rewards", rewards.end_due, every(minutes=5)),
    Routine("retired-secrets", drop_retired_secrets, every(minutes=20)),
    Routine("tiers", loyalty.review_due, every(minutes=5)),
    Routine("points-owed", loyalty.count_programme, every(minutes=60)),
    Routine("expiring-points", loyalty.expire, every(minutes=5)),
    Routine("chat-shifts", conversations.end_shifts, every(minutes=1)),
    Routine("chats-snoozed", conversations.wake_due, every(minutes=1)),
    Routine("chats-idle", conversations.close_idle, every(minutes=5)),
    Routine("letters", conversations.fetch_letters, every(minutes=1)),
    Routine("rule-tags", _tags, nightly),
    Routine("predictions", _predictions, nightly),
    Routine("fairness", rewards.count_fairness, nightly),
    Routine("retention", retention.let_go, nightly),
    Routine("daily-figures", insights.refresh, every(minutes=5)),
]


def heed_clock() -> int:
    """Leases and pauses are times of the wall clock. One that was set back by an hour would make them an hour longer:
    this chore goes by the clock that nobody sets.
    """
    moved = deliveries.call_forward() + call_postings_forward() + routines.call_forward(ROUTINES)
    if moved:
        log.warning("clock_was_set_back", moved=moved)
    return 0


def _no_idea() -> None:
    """It is looked at again after a moment."""


def chores() -> list[Chore]:
    """Each runs in its own thread, so that a slow handler delays no promise."""
    enrol(ROUTINES)
    return [
        # The sweeper looks most often: a promise begun this moment may break in ten seconds.
        Chore("promises", standards.sweep, standards.next_due, longest=0.2),
        Chore("deliveries", deliveries.run_due, earliest_due),
        Chore("webhooks", Reader().read, _no_idea, longest=0.5),
        Chore("postings", post_due, earliest_posting, longest=0.5),
        Chore("payments", payments.work_due, earliest_question, longest=0.5),
        Chore("messages", conversations.send_due, _no_idea, longest=0.5),
        Chore("chat-queue", conversations.serve_queue, _no_idea, longest=1.0),
        Chore("chat-search", conversations.index_due, _no_idea, longest=1.0),
        Chore("routines", lambda: run_one(ROUTINES), earliest, longest=5.0),
        Chore("imports", imports.work_once, _no_idea, longest=1.0),
        Chore("coupons", rewards.work_once, _no_idea, longest=1.0),
        Chore("statements", settlement.work_once, _no_idea, longest=1.0),
        Chore("clock", heed_clock, _no_idea, longest=30.0),
    ]
