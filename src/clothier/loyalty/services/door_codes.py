"""Into one's own page with six digits sent to the phone: for members whose phone was verified, and told to nobody else.

What is answered never says whether a number is a member's: whoever tries numbers learns nothing.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.conversations.services import text_alone
from clothier.customers.contracts import Kind, Malformed, normal
from clothier.customers.selectors import by_proven
from clothier.eventlog.services import record
from clothier.kernel import allowance, clock, vault
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty.events import MemberCodeAsked, MemberSignedIn
from clothier.loyalty.models import DoorCode
from clothier.loyalty.services.cards import let_in
from clothier.standards.selectors import document

DIGITS = 6


def ask_code(*, phone: str) -> None:
    """Send a code to a member's phone, at most one a minute and so many a day; nothing happens for anybody else's.

    Raises Refused when the same number was asked for within this minute, a member's or not.
    """
    rules, now, digest = document("loyalty"), clock.now(), _digest(phone)
    if allowance.used(f"door-code:{digest}") > 1:
        raise Refused(_("一分钟内只发一次，请稍等"))
    customer = by_proven(Kind.PHONE, phone)
    sent = DoorCode.objects.filter(phone=digest, made_at__gt=now - timedelta(days=1)).count()
    if customer is None or sent >= rules.door_codes_a_day:
        return
    code, key = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", vault.new_key()
    with transaction.atomic():
        made = DoorCode.objects.create(
            phone=digest, customer_id=customer, digest=_proof(digest, code), key=key,
            sealed=vault.seal(key, f"{phone}\n{code}"), made_at=now,
            expires_at=now + timedelta(minutes=rules.door_code_minutes),
        )  # fmt: skip
        record(MemberCodeAsked(code_id=made.pk), subject=Ref("customer", customer), customer=customer)


def send_code(*, code: int) -> None:
    """Have it sent, while it is worth anything; then nothing of the number and the digits stays. Safe to repeat."""
    row = DoorCode.objects.filter(pk=code, opened_at=None, expires_at__gt=clock.now()).first()
    if row is None or not row.key:
        return
    phone, _line, digits = vault.unseal(bytes(row.key), row.sealed).partition("\n")
    minutes = document("loyalty").door_code_minutes
    text = _("【衣诺】验证码 %(digits)s，%(minutes)s 分钟内有效。请不要告诉别人。") % {
        "digits": digits,
        "minutes": minutes,
    }
    if text_alone(address=phone, text=text, number=row.pk):
        DoorCode.objects.filter(pk=code).update(key=None, sealed="")


def open_by_code(*, phone: str, code: str) -> str:
    """What this phone keeps to be let in from now on. Refused for a code that is wrong, old, used or tried too often.

    A try is counted for good before anything is compared, so that many at once guess no more often than one by one.
    """
    wrong = Refused(_("验证码不对或已过期，请重新获取"), field="code")
    digest, now = _digest(phone), clock.now()
    latest = DoorCode.objects.filter(phone=digest).order_by("-pk").first()
    if latest is None:
        raise wrong
    waiting = DoorCode.objects.filter(pk=latest.pk, opened_at=None, expires_at__gt=now)
    if not waiting.filter(tries__lt=document("loyalty").door_code_tries).update(tries=F("tries") + 1):
        raise wrong
    if not secrets.compare_digest(latest.digest, _proof(digest, code.strip())):
        raise wrong
    with transaction.atomic():
        if not waiting.update(opened_at=now, key=None, sealed=""):
            raise wrong
        whose = latest.customer_id
        record(MemberSignedIn(code_id=latest.pk), subject=Ref("customer", whose), customer=whose)
    return let_in(whose)


def code_to_read(*, phone: str) -> str:
    """The code that waits, for a shop that has no way to send it: a demonstration. "" when none does."""
    row = (
        DoorCode.objects.filter(phone=_digest(phone), opened_at=None, expires_at__gt=clock.now())
        .order_by("-pk")
        .first()
    )
    return vault.unseal(bytes(row.key), row.sealed).partition("\n")[2] if row and row.key else ""


def _digest(phone: str) -> str:
    """By what a phone is known here. Refused for what is no phone number."""
    try:
        return vault.keyed_hash("door-code", normal(Kind.PHONE, phone))
    except Malformed:
        raise Refused(_("请填手机号"), field="phone") from None


def _proof(digest: str, code: str) -> str:
    return vault.keyed_hash("door-code-digits", f"{digest}:{code}")
