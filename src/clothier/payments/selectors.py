"""Questions about payments: what to do next, how one may pay here, what came in and what went back."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Prefetch, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clothier.kernel.access import Viewer
from clothier.kernel.money import Money
from clothier.kernel.refs import Ref
from clothier.kernel.rows import prepared
from clothier.payments.contracts import (
    AttemptState,
    AttemptView,
    Cause,
    Method,
    MethodOffer,
    NextStep,
    PaymentState,
    PaymentView,
    RefundState,
    Step,
    next_step,
)
from clothier.payments.models import Attempt, Discrepancy, Evidence, Flag, RefundPart
from clothier.payments.models import Payment as Payment  # what the questions below answer with
from clothier.payments.models import Refund as Refund
from clothier.payments.moved import cash_at as cash_at  # questions of who compares the books
from clothier.payments.moved import kept_of as kept_of
from clothier.payments.moved import moves as moves
from clothier.payments.moved import moves_named as moves_named
from clothier.payments.proof import payment_differences as payment_differences
from clothier.payments.providers.registry import connected, provider_name
from clothier.payments.report import problems as problems
from clothier.payments.words import CAUSES, METHODS
from clothier.places import selectors as places
from clothier.standards.selectors import document


def payments_for(viewer: Viewer) -> QuerySet[Payment]:
    """Payments in the viewer's stores, their attempts with them, oldest first."""
    rows = Payment.objects.prefetch_related(Prefetch("attempts", Attempt.objects.order_by("pk")))
    return rows if viewer.stores is None else rows.filter(store__in=viewer.stores)


def view(payment_id: int) -> PaymentView:
    """One payment as it stands, for verbs and for pages that found it through a viewer. Raises DoesNotExist."""
    return shown(
        Payment.objects.prefetch_related(Prefetch("attempts", Attempt.objects.order_by("pk"))).get(pk=payment_id)
    )


def refunds_of(payment: Payment) -> list[Refund]:
    """The refunds of a payment with their parts, oldest first."""
    parts = Prefetch("parts", RefundPart.objects.select_related("attempt").order_by("pk"))
    return list(payment.refunds.order_by("pk").prefetch_related(parts))


def refunded_under(*, payment: int, key: str) -> bool:
    """Whether money was asked back of a payment under this key."""
    return Refund.objects.filter(payment=payment, key=key).exists()


def evidence_of(payment: Payment) -> list[Evidence]:
    """All that was said about a payment's attempts and refunds, in the order in which it was."""
    return list(Evidence.objects.filter(attempt__payment=payment).select_related("attempt").order_by("pk")[:200])


def discrepancies_for(viewer: Viewer) -> QuerySet[Discrepancy]:
    """What providers said that does not fit and nobody has cleared up, newest first; head office's business."""
    rows = Discrepancy.objects.filter(settled_at=None).select_related("attempt", "part").order_by("-pk")
    return rows if viewer.stores is None else rows.none()


def flags_for(viewer: Viewer) -> QuerySet[Flag]:
    """Risk flags that nobody has reviewed, newest first; head office's business."""
    rows = Flag.objects.filter(reviewed_at=None).select_related("payment", "store").order_by("-pk")
    return rows if viewer.stores is None else rows.none()


def largest(*, since: datetime, limit: int) -> list[int]:
    """The keys of the largest payments since a moment."""
    rows = Payment.objects.filter(opened_at__gte=since).order_by("-amount_fen")
    return list(rows.values_list("pk", flat=True)[:limit])


def payments_of(subjects: Iterable[Ref]) -> list[PaymentView]:
    """The payments of subjects of one kind, oldest first."""
    refs = list(subjects)
    if not refs:
        return []
    rows = _about(kind=refs[0].kind, ids=[ref.id for ref in refs])
    made: dict[int, list[Attempt]] = {row.pk: [] for row in rows}
    for attempt in _made(payments=list(made)) if made else ():
        made[attempt.payment_id].append(attempt)
    return [_shown(row, made[row.pk]) for row in rows]


# Asked several times with every sale: composed once.
@prepared
def _about(kind: str, ids: list[int]) -> "QuerySet[Payment, Payment]":
    return Payment.objects.filter(subject_kind=kind, subject_id__in=ids).order_by("pk")


@prepared
def _made(payments: list[int]) -> "QuerySet[Attempt, Attempt]":
    return Attempt.objects.filter(payment__in=payments).order_by("pk")


def shown(payment: Payment) -> PaymentView:
    return _shown(payment, payment.attempts.all())


def _shown(payment: Payment, attempts: Iterable[Attempt]) -> PaymentView:
    return PaymentView(
        id=payment.pk,
        state=PaymentState(payment.state),
        currency=payment.currency,
        amount_fen=payment.amount_fen,
        captured_fen=payment.captured_fen,
        refunded_fen=payment.refunded_fen,
        store_id=payment.store_id,
        subject=f"{payment.subject_kind}:{payment.subject_id}",
        attempts=[_attempt(each) for each in attempts],
    )


def _attempt(row: Attempt) -> AttemptView:
    return AttemptView(
        id=row.pk,
        method=Method(row.method),
        state=AttemptState(row.state),
        amount_fen=row.amount_fen,
        cause=Cause(row.cause),
        number=row.number,
        provider_number=row.provider_number,
        show=row.show,
        started_at=row.started_at,
        ended_at=row.ended_at,
        given_up=row.given_up_at is not None,
        tendered_fen=row.tendered_fen,
        refunded_fen=row.refunded_fen,
        fee_fen=row.fee_fen,
        months=row.months,
    )


def offer(*, method: Method, store: int | None, fen: int) -> MethodOffer:
    """Whether a method can be chosen for so much in this store, and why not."""
    rules = document("payments")
    way = rules.way(method)
    if way is None:
        return MethodOffer(method, "off")
    name = provider_name(method)
    # Few methods are for some stores only.
    found = places.store(store) if store and way.stores else None
    code = found.code if found else ""
    why = way.takes(fen, code) or ("not_connected" if name and not connected(name) else "")
    bound = {"too_little": way.least, "too_much": way.most or 0}.get(why, 0)
    months = tuple(plan.months for plan in rules.plans) if method is Method.INSTALMENTS else ()
    return MethodOffer(method, why, bound, months)


def offers(*, store: int | None, fen: int) -> list[MethodOffer]:
    """Every method of the house rules in their order: told before, not after."""
    return [offer(method=Method(way.method), store=store, fen=fen) for way in document("payments").ways]


def parts_for(viewer: Viewer) -> QuerySet[RefundPart]:
    """Parts of refunds in the viewer's stores."""
    rows = RefundPart.objects.select_related("refund")
    return rows if viewer.stores is None else rows.filter(attempt__store__in=viewer.stores)


def say_method(method: str) -> str:
    return str(METHODS[Method(method)])


def say_cause(cause: str) -> str:
    return str(CAUSES[Cause(cause)])


def say_rule(key: str) -> str:
    """A risk rule's reason in the house rules, in the reader's language; its key where it is there no more."""
    found = next((rule for rule in document("payments").risk if rule.key == key), None)
    return found.reason.say(get_language() or "") if found else key


def verdicts() -> list[tuple[str, str]]:
    """What a flag can turn out to be."""
    return [(each.value, str(each.label)) for each in Flag.Verdict]


def say_offer(offered: MethodOffer) -> str:
    """Why a method is not offered, in words; "" when it is."""
    return str(_WHY_NOT[offered.why]) % {"bound": str(Money(offered.limit_fen))}


_WHY_NOT = {
    "": "",
    "off": _("本公司不收这种方式"),
    "store": _("本店不收这种方式"),
    "not_connected": _("本店还没有开通"),
    "too_little": _("满 %(bound)s 才可用"),
    "too_much": _("超过 %(bound)s 不可用"),
}


def say_step(step: NextStep, currency: str = "CNY") -> str:
    """The one thing the cashier does now, in words."""
    words = {
        "sum": str(Money(step.fen, currency)),
        "method": str(METHODS[step.method]) if step.method else "",
        "cause": str(CAUSES[step.cause] or _("没有收到钱")),
    }
    return str(_SENTENCES[step.step]) % words


_SENTENCES = {
    Step.CHOOSE: _("请选择付款方式，还差 %(sum)s"),
    Step.CONFIRMING: _("请顾客在手机上确认 %(sum)s"),
    Step.SHOW: _("请顾客扫码支付 %(sum)s"),
    Step.ASKING: _("正在向%(method)s查询，请先不要再收一次"),
    Step.ANOTHER: _("%(cause)s。请再试一次或换一种方式，还差 %(sum)s"),
    Step.TRANSFER: _("等转账到账 %(sum)s，到账后填写回单号"),
    Step.DONE: _("已收款 %(sum)s，请把商品和小票交给顾客"),
    Step.GIVE_CHANGE: _("已收款，请找零 %(sum)s"),
    Step.RETURNED: _("已收款；顾客的另一笔 %(sum)s（%(method)s）晚到，正在自动退回，请告诉顾客"),
    Step.CANCELLED: _("这笔收款已取消"),
}


def step_of(payment_id: int) -> str:
    """What the cashier does next with a payment, in words."""
    seen = view(payment_id)
    return say_step(next_step(seen), seen.currency)


def earliest_question() -> datetime | None:
    """When a provider is to be asked next."""
    attempts = Attempt.objects.filter(ask_at__isnull=False).aggregate(at=Min("ask_at"))["at"]
    refunds = RefundPart.objects.filter(ask_at__isnull=False, state=RefundState.REQUESTED).aggregate(at=Min("ask_at"))[
        "at"
    ]
    return min((at for at in (attempts, refunds) if at), default=None)


def method_name(method: str) -> str:
    """A way to pay as people call it; what is none of ours stays as it is written."""
    return str(METHODS.get(Method(method), method)) if method in set(Method) else method
