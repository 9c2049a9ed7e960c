"""Blind boxes: drafted, published with the hash of their seed, drawn from, and revealed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock, vault
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.rewards.events import BoxOpened, BoxRevealed
from clothier.rewards.models import Box, Prize
from clothier.rewards.rules.drawing import TICKETS, commitment


@dataclass(frozen=True, slots=True)
class PrizeFacts:
    """What a ticket may win; the fields are the row's."""

    kind: str
    name: str
    weight: int
    name_en: str = ""
    template: int | None = None
    points: int = 0
    cost_fen: int = 0
    stock: int | None = None


@transaction.atomic
def draft_box(
    *,
    code: str,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
    budget_fen: int,
    prizes: Sequence[PrizeFacts],
    name_en: str = "",
    stores: Sequence[int] = (),
    bought_only: bool = False,
) -> Box:
    """A box nobody has drawn from. Refused when the odds do not add up to 10 000, or a prize gives nothing."""
    if Box.objects.filter(code=code).exists():
        raise Refused(_("已有这个编码的盲盒"), field="code")
    if opens_at >= closes_at:
        raise Refused(_("结束要晚于开始"), field="closes_at")
    _check(prizes)
    box = Box.objects.create(
        code=code,
        name=name,
        name_en=name_en,
        stores=sorted(stores),
        bought_only=bought_only,
        opens_at=opens_at,
        closes_at=closes_at,
        budget_fen=budget_fen,
        created_at=clock.now(),
    )
    Prize.objects.bulk_create(_row(box, place, facts) for place, facts in enumerate(prizes))
    return box


@transaction.atomic
def open_box(*, box: int, actor: int | None = None) -> Box:
    """Draw the seed, lock it away and publish its hash and the odds: from now on nothing of them changes.

    Opening an open box changes nothing.
    """
    seed, key = secrets.token_hex(32), vault.new_key()
    opened = Box.objects.filter(pk=box, opened_at=None).update(
        seed_hash=commitment(seed),
        safe=vault.seal(key, seed),
        safe_key=key,
        opened_at=clock.now(),
        opened_by=actor,
    )
    if opened:
        record(BoxOpened(box_id=box), subject=Ref("box", box), actor=actor)
    return Box.objects.get(pk=box)


def reveal_due() -> int:
    """Publish the seeds of the boxes that have closed; how many. The worker calls it."""
    over = Box.objects.filter(opened_at__isnull=False, revealed_at=None, closes_at__lte=clock.now())
    return sum(_reveal(box) for box in over)


@transaction.atomic
def _reveal(box: Box) -> int:
    seed = seed_of(box)
    revealed = Box.objects.filter(pk=box.pk, revealed_at=None).update(
        seed=seed, safe="", safe_key=None, revealed_at=clock.now()
    )
    if revealed:
        record(BoxRevealed(box_id=box.pk), subject=Ref("box", box.pk))
    return revealed


def seed_of(box: Box) -> str:
    """The seed, out of the safe. Raises SealBroken when the safe was meddled with."""
    return box.seed or vault.unseal(bytes(box.safe_key or b""), box.safe)


def _row(box: Box, place: int, facts: PrizeFacts) -> Prize:
    return Prize(
        box=box,
        place=place,
        kind=facts.kind,
        name=facts.name,
        name_en=facts.name_en,
        template_id=facts.template,
        points=facts.points,
        weight=facts.weight,
        cost_fen=facts.cost_fen,
        stock=facts.stock,
    )


def _check(prizes: Sequence[PrizeFacts]) -> None:
    if sum(prize.weight for prize in prizes) != TICKETS or any(prize.weight < 1 for prize in prizes):
        raise Refused(_("各奖品的概率加起来必须正好是百分之百，且都大于零"), field="prizes")
    for prize in prizes:
        if prize.kind == Prize.Kind.POINTS and not prize.points:
            raise Refused(_("请填写送多少积分"), field="prizes")
        if prize.kind == Prize.Kind.COUPON and prize.template is None:
            raise Refused(_("请选择送哪种券"), field="prizes")
