"""Questions about templates and batches, for head office."""

from datetime import timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from clothier.kernel import clock
from clothier.rewards.contracts import CouponState
from clothier.rewards.models import Batch, Coupon, CouponStep, Template, TemplateDay, TemplateStep


def templates(*, limit: int = 200) -> list[Template]:
    """Those being issued first, then drafts, then the closed ones; newest first."""
    order = {Template.State.OPEN: 0, Template.State.DRAFT: 1, Template.State.CLOSED: 2}
    rows = Template.objects.order_by("-pk")[:limit]
    return sorted(rows, key=lambda row: order[Template.State(row.state)])


def template(pk: int) -> Template | None:
    return Template.objects.select_related("gift_sku__style").filter(pk=pk).first()


def template_by_code(code: str) -> int | None:
    """The template's id."""
    return Template.objects.filter(code=code).values_list("pk", flat=True).first()


def open_templates() -> list[Template]:
    return list(Template.objects.filter(state=Template.State.OPEN).order_by("-pk"))


def used_since(days: int) -> dict[int, tuple[int, int]]:
    """Coupons used and fen taken off by template, over the last so many days."""
    since = timezone.localdate(clock.now()) - timedelta(days=days)
    rows = TemplateDay.objects.filter(day__gt=since).order_by().values_list("template")
    return {pk: (used, fen) for pk, used, fen in rows.annotate(used=Sum("redeemed"), fen=Sum("off_fen"))}


def days_of(template: int, *, days: int = 60) -> list[TemplateDay]:
    """Day by day, oldest first."""
    since = timezone.localdate(clock.now()) - timedelta(days=days)
    return list(TemplateDay.objects.filter(template=template, day__gt=since).order_by("day"))


def totals_of(template: int) -> tuple[int, int]:
    """Coupons used and fen taken off in all, from the days' figures."""
    told = TemplateDay.objects.filter(template=template).aggregate(used=Sum("redeemed"), fen=Sum("off_fen"))
    return told["used"] or 0, told["fen"] or 0


def steps_of_template(template: int) -> list[TemplateStep]:
    return list(TemplateStep.objects.filter(template=template).order_by("-pk")[:50])


def batches_of(template: int) -> list[Batch]:
    return list(Batch.objects.filter(template=template).order_by("-pk")[:20])


def batch(pk: int) -> Batch | None:
    return Batch.objects.select_related("template").filter(pk=pk).first()


def coupon_row(pk: int) -> Coupon | None:
    return Coupon.objects.select_related("template").filter(pk=pk).first()


def steps_of_coupon(coupon: int) -> list[CouponStep]:
    return list(CouponStep.objects.filter(coupon=coupon).order_by("pk"))


def risky_steps(*, limit: int = 20) -> list[CouponStep]:
    """What tills took offline against the house rules' bounds or a second time, newest first."""
    # First which they are, by the small index of what was used offline: in order of keys all steps would be read.
    risky = CouponStep.objects.filter(~Q(reason="") | Q(kind=CouponStep.Kind.TWICE), offline=True)
    rows = CouponStep.objects.filter(pk__in=risky.values("pk")).select_related("coupon__template")
    return list(rows.order_by("-pk")[:limit])


def may_be_withdrawn(coupon: Coupon) -> bool:
    return coupon.state == CouponState.OPEN
