"""Three questions to the customer before paying: these goods? these discounts? this amount?"""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.checkout.events import CartConfirmed
from clothier.checkout.models import Cart, Confirmation
from clothier.checkout.selectors.quoting import backs_of, lines_of, quote_of
from clothier.checkout.services.held import State, found, held, tell
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused


@once(found, CartConfirmed)
@transaction.atomic
def confirm(*, cart: int, what: str, fen: int, actor: int | None, key: str | None = None) -> Cart:
    """The customer said yes to the goods, the discounts or the amount. `fen` is the amount that was read out.

    Refused when the cart costs something else by now: the customer would have agreed to another price.
    """
    row = held(cart, State.OPEN)
    if what not in Confirmation.What:
        raise Refused(_("没有这项确认"))
    due = due_of(row)
    if fen != due:
        raise Refused(_("价格刚刚有变化，请看过再确认"))
    if Confirmation.objects.filter(cart=row, what=what, fen=due).exists():
        return row
    # The price may have changed by itself: points spent at another till, a tier reached. Asked again, it counts.
    said = {"at": clock.now(), "actor_id": actor, "fen": due}
    Confirmation.objects.update_or_create(cart=row, what=what, defaults=said)
    tell(row, CartConfirmed(cart_id=cart, what=what, fen=due), actor=actor, key=key)
    return row


def due_of(row: Cart) -> int:
    """What the customer has to pay now, in fen; less than nothing where money goes back."""
    credit = sum(back.fen for back in backs_of(row))
    return quote_of(row, lines_of(row.pk), credit_fen=credit).due_fen - credit
