"""Ways into a customer's own page, and cards made anew."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.customers.selectors import is_living
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.events import MemberCardRenewed, MemberPageOpened
from clothier.loyalty.models import MemberCard, MemberLink
from clothier.loyalty.rules.codes import number_in, window_of
from clothier.loyalty.selectors.cards import LINK_SALT, PHONE_SALT, card_of
from clothier.standards.selectors import document


def make_link(*, customer: int, actor: int | None = None) -> str:
    """The token of an address that opens a customer's own page, once, within the house rules' minutes."""
    if not is_living(customer):
        raise Refused(_("没有这位顾客。"))
    now = clock.now()
    until = now + timedelta(minutes=document("loyalty").member_link_minutes)
    link = MemberLink.objects.create(customer_id=customer, made_by=actor, made_at=now, expires_at=until)
    return signing.dumps(link.pk, salt=LINK_SALT)


@transaction.atomic
def open_link(*, token: str) -> str:
    """What the first phone to open it keeps, to be let in from then on. Refused when it is old, used or not ours."""
    try:
        pk = signing.loads(token, salt=LINK_SALT)
    except signing.BadSignature:
        raise Refused(_("这个链接不完整，请让导购再出示一次。")) from None
    now = clock.now()
    # Two phones that scanned the same square: one of them opens it.
    if not MemberLink.objects.filter(pk=pk, opened_at=None, expires_at__gt=now).update(opened_at=now):
        raise Refused(_("这个链接已经用过或过期，请让导购再出示一次。"))
    link = MemberLink.objects.get(pk=pk)
    record(
        MemberPageOpened(link_id=pk),
        subject=Ref("customer", link.customer_id),
        customer=link.customer_id,
        actor=link.made_by,
    )
    return let_in(link.customer_id)


def let_in(customer: int) -> str:
    """What a phone keeps to be let into a customer's own page from now on."""
    return signing.dumps([customer, card_of(customer).generation], salt=PHONE_SALT)


@transaction.atomic
def use_code(text: str) -> bool:
    """Use a code that changes, once: False when it, or a later one, was used before, or it is nobody's by now.

    Two tills with the same code: one of them uses it. A number that does not change is not used up.
    """
    number = number_in(text)
    if number is None:
        return True
    window = window_of(text, card_of(number).secret, clock.now().timestamp())
    if window is None:
        return False
    MemberCard.objects.get_or_create(customer_id=number)
    return bool(MemberCard.objects.filter(pk=number, used_window__lt=window).update(used_window=window))


@transaction.atomic
def renew_card(*, customer: int, actor: int | None = None) -> None:
    """The phone was lost: its codes and its page are worth nothing from now on."""
    now = clock.now()
    MemberCard.objects.get_or_create(customer_id=customer)
    MemberCard.objects.filter(pk=customer).update(generation=F("generation") + 1, renewed_at=now, renewed_by=actor)
    record(MemberCardRenewed(customer_id=customer), subject=Ref("customer", customer), customer=customer, actor=actor)
