"""The shelf of the rewards shop: what there is, for how many points."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.models import Item
from clothier.standards.selectors import document as house_rule


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is offered; the fields are the row's. Parking costs what the house rules say an hour costs."""

    kind: str
    name: str
    points: int = 0
    name_en: str = ""
    note: str = ""
    note_en: str = ""
    stock: int | None = None
    limit_customer: int | None = None
    template: int | None = None
    hours: int = 0
    activity: int | None = None


@transaction.atomic
def offer_item(*, facts: ItemFacts) -> Item:
    """Put something on the shelf. Refused, naming the field, when it gives nothing or costs nothing."""
    points = _points(facts)
    if facts.kind == Item.Kind.COUPON and facts.template is None:
        raise Refused(_("请选择兑换哪种券"), field="template")
    if facts.kind == Item.Kind.PLACE and facts.activity is None:
        raise Refused(_("请选择活动"), field="activity")
    return Item.objects.create(
        kind=facts.kind,
        name=facts.name,
        name_en=facts.name_en,
        note=facts.note,
        note_en=facts.note_en,
        points=points,
        stock=facts.stock,
        limit_customer=facts.limit_customer,
        template_id=facts.template,
        hours=facts.hours,
        activity_id=facts.activity,
        created_at=clock.now(),
    )


def put_on_sale(*, item: int, on_sale: bool) -> None:
    """Off the shelf nobody exchanges it; what was exchanged stays good."""
    Item.objects.filter(pk=item).update(on_sale=on_sale)


@transaction.atomic
def restock(*, item: int, more: int) -> None:
    """So many more of it; Refused for something without a stock of its own."""
    row = Item.objects.select_for_update().get(pk=item)
    if row.stock is None or more < 1:
        raise Refused(_("请填写增加的数量"), field="more")
    row.stock += more
    row.save(update_fields=["stock"])


def _points(facts: ItemFacts) -> int:
    if facts.kind != Item.Kind.PARKING:
        if facts.points < 1:
            raise Refused(_("请填写需要多少积分"), field="points")
        return facts.points
    if not 1 <= facts.hours <= house_rule("rewards").parking.hours_at_once:
        most = house_rule("rewards").parking.hours_at_once
        raise Refused(_("停车时长一次最多 %(most)s 小时") % {"most": most}, field="hours")
    return facts.hours * house_rule("loyalty").parking_hour_points
