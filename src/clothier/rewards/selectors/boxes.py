"""Questions about blind boxes: what is published, what was drawn, and whether it was fair."""

from dataclasses import dataclass
from itertools import accumulate

from clothier.kernel import clock
from clothier.rewards.models import Box, Draw, Prize
from clothier.rewards.rules.codes import normal_code, well_formed
from clothier.rewards.rules.drawing import TICKETS, commitment, ticket, winner


@dataclass(frozen=True, slots=True)
class Odd:
    """A line of the published odds: which tickets win the prize, and what that is in hundredths of a percent."""

    prize: Prize
    first: int
    last: int

    @property
    def percent(self) -> str:
        return f"{self.prize.weight * 100 / TICKETS:g}"


@dataclass(frozen=True, slots=True)
class Check:
    """A draw worked out again from the seed that was published."""

    ticket: int
    prize: Prize
    hash_agrees: bool


def open_box(store: int, *, bought: bool) -> Box | None:
    """The box to draw from in a store now; the latest published one where there are several."""
    now = clock.now()
    rows = Box.objects.filter(opened_at__isnull=False, opens_at__lte=now, closes_at__gt=now).order_by("-opened_at")
    here = (box for box in rows if not box.stores or store in box.stores)
    return next((box for box in here if bought or not box.bought_only), None)


def published_boxes(*, limit: int = 50) -> list[Box]:
    """Boxes whose odds everybody may see, newest first."""
    return list(Box.objects.filter(opened_at__isnull=False).order_by("-opens_at", "-pk")[:limit])


def published_box(code: str) -> Box | None:
    return Box.objects.filter(code=code, opened_at__isnull=False).first()


def boxes(*, limit: int = 50) -> list[Box]:
    """All boxes, drafts too, newest first."""
    return list(Box.objects.order_by("-pk")[:limit])


def box(pk: int) -> Box | None:
    return Box.objects.filter(pk=pk).first()


def odds(box: Box) -> list[Odd]:
    """The list as it is published, in its order."""
    prizes = list(box.prizes.select_related("template").order_by("place"))
    ends = list(accumulate(prize.weight for prize in prizes))
    return [Odd(prize, end - prize.weight, end - 1) for prize, end in zip(prizes, ends, strict=True)]


def draws(box: Box, *, before: int | None = None, limit: int = 50) -> list[Draw]:
    """The draws of a box, newest first, by number; nothing in them says who drew."""
    rows = box.rows.select_related("prize").order_by("-nth")
    return list((rows.filter(nth__lt=before) if before else rows)[:limit])


def draw_of_visit(visit: int) -> Draw | None:
    return Draw.objects.select_related("prize", "box", "coupon").filter(visit_id=visit).first()


def draw_by_code(code: str) -> Draw | None:
    """What a code shown at the counter stands for."""
    normal = normal_code(code)
    rows = Draw.objects.select_related("prize", "box", "coupon")
    return rows.filter(code=normal).first() if well_formed(normal) else None


def check(box: Box, *, nth: int, choice: int) -> Check | None:
    """What draw `nth` must have been, had the closed box `choice` been picked; None before the seed is published."""
    if not box.seed:
        return None
    number = ticket(box.seed, box=box.code, nth=nth, choice=choice)
    prizes = list(box.prizes.order_by("place"))
    place = winner(number, [prize.weight for prize in prizes])
    return Check(number, prizes[place], commitment(box.seed) == box.seed_hash)
