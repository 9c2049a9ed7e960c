"""What a compensation becomes: called down to whoever keeps coupons, points and money, under one key for each."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import Form
from clothier.cases.models import Case, Compensation
from clothier.checkout.services import refund_goodwill
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import Reason
from clothier.loyalty.services import grant
from clothier.rewards.contracts import CouponKind
from clothier.rewards.selectors.templates import template_by_code
from clothier.rewards.services import TemplateFacts, draft_template, open_template
from clothier.rewards.services import issue as issue_coupon
from clothier.standards.selectors import document


def issued(row: Case, given: Compensation, actor: int | None) -> str:
    """Issue it, and say under which number it is found there; "" for a service, which is in nobody else's books."""
    key = f"compensation:{given.pk}"
    if given.form == Form.COUPON:
        template = _template(given.fen)
        coupon = issue_coupon(
            template=template, customer=row.customer_id, reason="goodwill", key=key, store=row.store_id, actor=actor
        )
        return str(coupon.ref)
    if given.form == Form.POINTS:
        points = given.fen * document("loyalty").points_per_yuan_at_till // 100
        if not points:
            raise Refused(_("金额太小，换不成积分"), field="fen")
        found = grant(
            customer=row.customer_id or 0, points=points, reason=Reason.GOODWILL, key=key, reference=str(row.ref),
            store=row.store_id, actor=actor,
        )  # fmt: skip
        return f"grant:{found}"
    if given.form == Form.MONEY:
        back = refund_goodwill(order=row.order_id or 0, fen=given.fen, actor=actor, key=key, store=row.store_id)
        return f"refund:{back.pk}"
    return ""


def _template(fen: int) -> int:
    """The coupon that takes exactly this off, whatever is bought; made when it is first wanted."""
    code = f"goodwill-{fen}"
    if known := template_by_code(code):
        return known
    yuan = f"{fen / 100:g}"
    facts = TemplateFacts(
        code=code, name=f"致歉券 ¥{yuan}", name_en=f"With our apologies: ¥{yuan}", kind=CouponKind.AMOUNT, value=fen,
        valid_days=document("authority").coupon_days,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made = draft_template(facts=facts).pk
            open_template(template=made)
            return made
    except (IntegrityError, Refused):
        # Two colleagues wanted the first of this sum at once: the other one made it.
        if known := template_by_code(code):
            return known
        raise
