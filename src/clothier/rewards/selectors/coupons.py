"""Questions about coupons: by code, of a person, for a page."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from clothier.customers.selectors import records_of
from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.rewards.contracts import CouponState, CouponView
from clothier.rewards.models import Coupon
from clothier.rewards.rules.codes import normal_code, well_formed
from clothier.rewards.rules.offline import Promise
from clothier.rewards.rules.terms import CouponKind
from clothier.rewards.signing import public_key as public_key
from clothier.rewards.signing import signed
from clothier.standards.selectors import document as house_rule


def coupon_by_code(code: str) -> CouponView | None:
    """What a scanner or a typing hand means; None for no coupon. A mistyped code is known without asking the rows."""
    normal = normal_code(code)
    if not well_formed(normal):
        return None
    return next(iter(_views(Coupon.objects.filter(code=normal))), None)


def coupons_by_id(ids: Iterable[int]) -> dict[int, CouponView]:
    return {view.id: view for view in _views(Coupon.objects.filter(pk__in=list(ids)))}


def usable_by(customer: int, *, limit: int = 50) -> list[CouponView]:
    """A person's coupons that are open and not over, those that end first before others."""
    return usable_of(records_of(customer), limit=limit)


def usable_of(customers: Iterable[int], *, limit: int = 50) -> list[CouponView]:
    """As `usable_by`, for all the records of one person."""
    return [_view(row) for row in _usable(customers=customers, now=clock.now(), limit=limit)]


@prepared
def _usable(customers: list[int], now: datetime, limit: int) -> "QuerySet[Coupon, Coupon]":
    rows = Coupon.objects.filter(customer_id__in=customers, state=CouponState.OPEN.value, valid_until__gt=now)
    return rows.select_related("template").order_by("valid_until", "pk")[:limit]


def used_for(document: str) -> list[CouponView]:
    """The coupons that are reserved or were used for a cart or order."""
    # Said, because the index knows only coupons that have one, and SQLite does not conclude it.
    return _views(Coupon.objects.filter(document=document).exclude(document="").order_by("pk"))


def _views(rows: "QuerySet[Coupon]") -> list[CouponView]:
    return [_view(row) for row in rows.select_related("template")]


def _view(row: Coupon) -> CouponView:
    return CouponView(
        id=row.pk,
        code=row.code,
        template_id=row.template_id,
        name=str(row.template),
        terms=row.terms,
        state=CouponState(row.state),
        customer_id=row.customer_id,
        document=row.document,
        off_fen=row.off_fen,
        issued_at=row.issued_at,
    )


def offline_token(coupon: int) -> str:
    """What a till needs to take the coupon while it cannot ask, signed; "" for a coupon that no till may take so."""
    row = Coupon.objects.select_related("template").filter(pk=coupon, state=CouponState.OPEN).first()
    if row is None or not row.template.offline:
        return ""
    terms, bound = row.terms, house_rule("rewards").coupons.offline.most_off
    most = terms.value if terms.kind is CouponKind.AMOUNT else terms.most_fen
    return signed(Promise(row.code, terms)) if most is not None and most <= bound else ""
