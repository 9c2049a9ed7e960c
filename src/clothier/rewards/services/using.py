"""A coupon's way through a sale: reserved for a cart, then used, or let go; given back when the sale is taken back.

Every step is one conditional update of the coupon's row, so of two tills that want the last coupon one gets it; what it
takes off is booked on the template's budget in the same transaction, so the last fen goes once.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from clothier.customers.selectors import records_of
from clothier.eventlog.contracts import Event
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.contracts import CouponState
from clothier.rewards.events import CouponGivenBack, CouponRedeemed, CouponReleased, CouponReserved
from clothier.rewards.models import Coupon, CouponStep, Template
from clothier.rewards.rules.codes import normal_code
from clothier.rewards.rules.terms import CouponKind, Why
from clothier.rewards.words import WHY
from clothier.standards.selectors import document as house_rule

Kind = CouponStep.Kind


@transaction.atomic
def reserve(
    *,
    document: str,
    off_fen: int,
    coupon: int | None = None,
    code: str = "",
    customer: int | None = None,
    store: int | None = None,
    actor: int | None = None,
) -> Coupon:
    """Hold a coupon, by its id or code, for a cart or order: nobody else can use it. `off_fen` is what `quote` said.

    Told again for the same document it holds on for longer, and takes another sum where the basket changed. Refused,
    with the reason, when the coupon is used, expired, somebody else's, for another store, or over its budget.
    """
    row = _found(coupon, code)
    now = clock.now()
    _guard(row, off_fen, customer=customer, store=store, now=now)
    until = now + timedelta(seconds=house_rule("rewards").coupons.reserved_for)
    mine = Coupon.objects.filter(pk=row.pk, document=document)
    if mine.filter(state=CouponState.REDEEMED).exists():
        return row
    held = mine.filter(state=CouponState.RESERVED).update(held_until=until)
    if not held:
        if row.state == CouponState.RESERVED:
            let_go(row, now, before=now)
        free = Coupon.objects.filter(pk=row.pk, state=CouponState.OPEN, valid_from__lte=now, valid_until__gt=now)
        if not free.update(state=CouponState.RESERVED, document=document, held_until=until, off_fen=0):
            raise Refused(str(_whyever_not(row, now)), field="coupon")
    _take_off(row, off_fen)
    row.refresh_from_db()
    if not held:
        _step(row, Kind.RESERVED, now, store=store, actor=actor)
        _tell(CouponReserved(coupon_id=row.pk, template_id=row.template_id, off_fen=off_fen), row, store, actor)
    return row


def hold(*, document: str) -> int:
    """Hold a document's coupons until they are redeemed or released, however long a payment takes; how many."""
    taken = Coupon.objects.filter(document=document, state=CouponState.RESERVED).exclude(document="")
    return taken.update(held_until=None)


@transaction.atomic
def redeem(
    *,
    document: str,
    coupon: int | None = None,
    sold_as: str = "",
    store: int | None = None,
    till: str = "",
    actor: int | None = None,
    occurred_at: datetime | None = None,
) -> list[Coupon]:
    """The sale is made: the coupons reserved for it are used, or the one named. Call it in the sale's transaction.

    `sold_as` names the order a cart became ("order:12"). Told again nothing changes; all coupons used for the document
    are given back. Refused when the coupon named is not held for the document.
    """
    now = clock.now()
    for row in _held([document], coupon, CouponState.RESERVED):
        changed = Coupon.objects.filter(pk=row.pk, document=document, state=CouponState.RESERVED).update(
            state=CouponState.REDEEMED, held_until=None, document=sold_as or document
        )
        if changed:
            row.document = sold_as or document
            _step(row, Kind.REDEEMED, occurred_at or now, store=store, till=till, actor=actor)
            event = CouponRedeemed(coupon_id=row.pk, template_id=row.template_id, off_fen=row.off_fen)
            _tell(event, row, store, actor, occurred_at)
    used = _held([sold_as or document], coupon, CouponState.REDEEMED)
    if coupon is not None and not used:
        raise Refused(_("这张券没有为这一单保留"), field="coupon")
    return used


@transaction.atomic
def release(*, document: str, coupon: int | None = None, actor: int | None = None) -> int:
    """The cart lets its coupons go, or the one named: they may be used elsewhere; how many. Told again: none."""
    now = clock.now()
    return sum(let_go(row, now, actor=actor) for row in _held([document], coupon, CouponState.RESERVED))


@transaction.atomic
def release_all(*, documents: Collection[str]) -> int:
    """Many carts that nobody came back to let their coupons go at once; how many."""
    now = clock.now()
    return sum(let_go(row, now) for row in _held(documents, None, CouponState.RESERVED))


@transaction.atomic
def give_back(*, document: str, coupon: int | None = None, store: int | None = None, actor: int | None = None) -> int:
    """The sale was taken back as a whole: its coupons may be used again, for some days at least; how many."""
    now, done = clock.now(), 0
    least = now + timedelta(seconds=house_rule("rewards").coupons.given_back_for)
    for row in _held([document], coupon, CouponState.REDEEMED):
        changed = Coupon.objects.filter(pk=row.pk, document=document, state=CouponState.REDEEMED).update(
            state=CouponState.OPEN, document="", off_fen=0, valid_until=max(row.valid_until, least)
        )
        if changed:
            _free_budget(row)
            _step(row, Kind.GIVEN_BACK, now, store=store, actor=actor)
            event = CouponGivenBack(coupon_id=row.pk, template_id=row.template_id, off_fen=row.off_fen)
            _tell(event, row, store, actor)
            done += 1
    return done


def let_go(row: Coupon, now: datetime, *, actor: int | None = None, before: datetime | None = None) -> int:
    """Open a reserved coupon again, inside the caller's transaction; with `before` only if it was held until then."""
    held = Coupon.objects.filter(pk=row.pk, document=row.document, state=CouponState.RESERVED)
    held = held if before is None else held.filter(held_until__lt=before)
    if not held.update(state=CouponState.OPEN, document="", off_fen=0, held_until=None):
        return 0
    _free_budget(row)
    _step(row, Kind.RELEASED, now, actor=actor)
    _tell(CouponReleased(coupon_id=row.pk, template_id=row.template_id), row, None, actor)
    return 1


def _found(coupon: int | None, code: str) -> Coupon:
    rows = Coupon.objects.select_related("template")
    row = rows.filter(pk=coupon).first() if coupon is not None else rows.filter(code=normal_code(code)).first()
    if row is None:
        raise Refused(str(WHY[Why.UNKNOWN]), field="coupon")
    return row


def _held(documents: Collection[str], coupon: int | None, state: CouponState) -> list[Coupon]:
    """In one order for everybody, by template and coupon, so that two documents never wait for each other."""
    named = [document for document in documents if document]
    rows = Coupon.objects.select_related("template").filter(document__in=named, state=state).exclude(document="")
    rows = rows if coupon is None else rows.filter(pk=coupon)
    return list(rows.order_by("template", "pk")) if named else []


def _guard(row: Coupon, off_fen: int, *, customer: int | None, store: int | None, now: datetime) -> None:
    """What the row itself says against it, whoever asks at once."""
    terms = row.terms
    most = terms.value if terms.kind is CouponKind.AMOUNT else terms.most_fen
    if off_fen < 0 or (most is not None and off_fen > most):
        raise Refused(_("这张券不能减这么多"), field="off_fen")
    if row.customer_id is not None and (customer is None or row.customer_id not in records_of(customer)):
        raise Refused(str(WHY[Why.OTHER_CUSTOMER]), field="coupon")
    if terms.stores and store not in terms.stores:
        raise Refused(str(WHY[Why.OTHER_STORE]), field="coupon")


def _whyever_not(row: Coupon, now: datetime) -> str:
    if row.state in (CouponState.OPEN, CouponState.EXPIRED):
        return str(WHY[Why.NOT_YET if now < row.valid_from else Why.EXPIRED])
    if row.state == CouponState.WITHDRAWN:
        return _("这张券已经作废")
    return str(WHY[Why.USED])


def _take_off(row: Coupon, off_fen: int) -> None:
    """Book what the coupon takes off on its template's budget, beside what it took off before. Raises Refused."""
    before = Coupon.objects.values_list("off_fen", flat=True).get(pk=row.pk)
    more = off_fen - before
    if not more:
        return
    within = Q(budget_fen=None) | Q(off_fen__lte=F("budget_fen") - more)
    kinds = Template.objects.filter(pk=row.template_id)
    if not (kinds.filter(within) if more > 0 else kinds).update(off_fen=F("off_fen") + more):
        raise Refused(str(WHY[Why.BUDGET]), field="coupon")
    Coupon.objects.filter(pk=row.pk).update(off_fen=off_fen)


def _free_budget(row: Coupon) -> None:
    if row.off_fen:
        Template.objects.filter(pk=row.template_id).update(off_fen=F("off_fen") - row.off_fen)


def _step(
    row: Coupon, kind: str, at: datetime, *, store: int | None = None, till: str = "", actor: int | None = None
) -> None:
    CouponStep.objects.create(
        coupon=row, kind=kind, at=at, by_id=actor, store_id=store, till=till, document=row.document, off_fen=row.off_fen
    )


def _tell(event: Event, row: Coupon, store: int | None, actor: int | None, at: datetime | None = None) -> None:
    record(event, subject=row.ref, customer=row.customer_id, store=store, actor=actor, occurred_at=at)
