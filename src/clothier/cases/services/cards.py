"""The link to the service card goes to the customer by itself: as a case opens, and as what they wait for comes."""

from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from clothier.cases.contracts import Holder, NoteKind, Origin, State, WaitingFor
from clothier.cases.events import (
    CaseCardSent,
    CaseCompensated,
    CaseDone,
    CaseFound,
    CaseGoodsReceived,
    CaseOpened,
    CaseResultAsked,
    CaseSolutionOffered,
    CaseWaiting,
)
from clothier.cases.models import Case, CaseNote, CaseThread, Handover
from clothier.cases.selectors.service_cards import card_token
from clothier.cases.services.rows import held, tell, told
from clothier.conversations.services import notify
from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import history
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.kernel.refs import parse_ref
from clothier.knowledge.selectors import language_of
from clothier.standards.selectors import document

NEWS: dict[str, Promise] = {
    "opened": gettext_lazy("您的事我们收到了，单号 %(number)s。进度、补充照片、确认结果都在这里：%(link)s"),
    "solution": gettext_lazy("单号 %(number)s 有了处理方案，请您看看：%(link)s"),
    "waiting": gettext_lazy("单号 %(number)s 需要您的一句话，我们在等您：%(link)s"),
    "goods_back": gettext_lazy("单号 %(number)s 的衣物已回到店里：%(link)s"),
    "found": gettext_lazy("您找的东西有着落了，单号 %(number)s，请来店里领取：%(link)s"),
    "compensated": gettext_lazy("单号 %(number)s 的补偿已经发放，请查看：%(link)s"),
    "done": gettext_lazy("单号 %(number)s 已办好，请告诉我们您是否满意：%(link)s"),
    "link": gettext_lazy("单号 %(number)s 的进度都在这里：%(link)s"),
    "asked": gettext_lazy("单号 %(number)s 的结果您满意吗？请在这里告诉我们：%(link)s"),
}
_OCCASIONS = {
    CaseOpened.type: "opened",
    CaseSolutionOffered.type: "solution",
    CaseWaiting.type: "waiting",
    CaseGoodsReceived.type: "goods_back",
    CaseFound.type: "found",
    CaseCompensated.type: "compensated",
    CaseDone.type: "done",
    CaseResultAsked.type: "asked",
}
TELLING = tuple(_OCCASIONS)
# Attempts that are a message; of a call nothing is sent.
_WRITTEN = ("chat", "sms", "email")


@once(told, CaseCardSent)
@transaction.atomic
def send_card(*, case: int, occasion: str, actor: int | None, key: str | None = None, instead_of: str = "") -> Case:
    """Send the customer the link to the card, where they wrote from or by SMS; by SMS alone `instead_of` a channel that
    could not bring it. Refused where no way is open.
    """
    row = held(case)
    if row.key is None or row.state == State.WITHDRAWN:
        raise Refused(_("这张服务单没有可以发送的服务卡"))
    with override(_language(row)):
        link = settings.ADDRESS + reverse("card:show", args=[card_token(row.pk)])
        text = NEWS[occasion] % {"number": row.number, "link": link}
    thread = CaseThread.objects.filter(case=row).order_by("-pk").values_list("thread_id", flat=True).first()
    count = f"{row.pk}:{row.changed_at.timestamp():.0f}"
    sent = notify(
        text=text, key=f"card:{key or count}", about=row.ref, thread=thread, customer=row.customer_id,
        texted=bool(instead_of),
    )  # fmt: skip
    event = CaseCardSent(occasion=occasion, channel=sent.channel, message_id=sent.pk, instead_of=instead_of)
    tell(row, event, actor=actor, key=key)
    return row


def tell_customer(entry: Happening) -> None:
    """What a customer waits to hear of, where the house rules say so; once, however often the entry is delivered."""
    occasion = _OCCASIONS[entry.type]
    if occasion not in document("cases").card_sent_on or not _news(entry):
        return
    try:
        send_card(case=entry.subject_id, occasion=occasion, actor=None, key=f"card:{entry.id}")
    except Refused:
        # Nobody to reach: the case shows its card to whoever stands at the counter.
        return


def text_instead(failed: Happening) -> None:
    """A card that its channel gave up on is texted, once; unless a later one has gone by SMS already."""
    told, about = failed.payload, failed.payload.get("about", "")
    if told["channel"] == "sms" or not about.startswith("case:"):
        return
    case = parse_ref(about)
    sent = [entry.payload for entry in history(case).filter(type=CaseCardSent.type)]
    place = next((nth for nth, card in enumerate(sent) if card["message_id"] == told["message_id"]), None)
    if place is None or any(card["channel"] == "sms" for card in sent[place:]):
        return
    key, occasion = f"card:instead:{told['message_id']}", sent[place]["occasion"]
    with suppress(Refused):
        # Nobody to text, or they do not want it: the case's page says that it failed.
        send_card(case=case.id, occasion=occasion, actor=None, key=key, instead_of=told["channel"])


def _news(entry: Happening) -> bool:
    """Whether it is news to the customer: not what they did themselves, nor what happens in front of them."""
    told = entry.payload
    if entry.type == CaseOpened.type:
        return bool(told["origin"] != Origin.MEMBER)
    if entry.type == CaseWaiting.type:
        return bool(told["waiting_for"] == WaitingFor.CUSTOMER)
    if entry.type == CaseResultAsked.type:
        return told["channel"] in _WRITTEN
    if entry.type == CaseGoodsReceived.type:
        return Handover.objects.filter(pk=told["handover_id"], taken_from=Holder.VENDOR).exists()
    return True


def _language(row: Case) -> str:
    """What the customer wrote in last; the house's own before they wrote anything."""
    said = CaseNote.objects.filter(case=row, author_id=None, kind__in=[NoteKind.OPENING, NoteKind.CUSTOMER])
    last = said.order_by("-pk").first()
    return "en" if last and language_of(row.unseal(last.sealed)) == "en" else "zh-hans"
