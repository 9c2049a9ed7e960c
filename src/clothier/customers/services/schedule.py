"""What time alone changes: value layers, expired tags, erasures whose grace has run out. Called by the worker."""

from datetime import datetime

from django.db import transaction

from clothier.customers.models import Profile, Relayering
from clothier.customers.services import counting, privacy, tags
from clothier.kernel import clock

BATCH = 1_000


def refresh_layers(*, limit: int = BATCH) -> int:
    """Place the profiles whose layer may have changed by now, earliest first; how many were looked at."""
    due = Profile.objects.filter(live=True, next_layer_change_at__lte=clock.now())
    with transaction.atomic():
        people = list(due.order_by("next_layer_change_at").values_list("pk", flat=True)[:limit])
        if people:
            counting.look_again(people)
    return len(people)


def look_again_at_everybody(*, at: datetime) -> None:
    """The value layers' rules change at a moment: every layer is due then, and the refresh works through them."""
    Relayering.objects.create(at=at)


def run_due(*, rounds: int = 20) -> int:
    """One visit of the worker: everything that is due, in bounded steps; how many things were done."""
    done = privacy.run_due_erasures() + tags.drop_expired()
    for _round in range(rounds):
        looked = catch_up()
        done += looked
        if looked < BATCH:
            break
    return done


def catch_up() -> int:
    """One step towards nobody's layer being due: the earliest, or of very many everybody in a stretch of ids."""
    looked = refresh_layers()
    everybody = Relayering.objects.filter(at__lte=clock.now()).exists()
    if looked < BATCH and not everybody:
        return looked
    from clothier.customers.services import placing  # NumPy is loaded only where it is used.

    return looked + (placing.place_next() if everybody else placing.place_stretch())
