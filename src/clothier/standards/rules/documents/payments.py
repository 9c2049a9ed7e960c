"""How customers may pay, how long a payment is waited for, and what makes somebody look at it twice."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Rule, no_twins
from clothier.standards.rules.durations import Fen, Seconds

MethodName = Literal["cash", "wechat", "alipay", "card", "instalments", "transfer"]
BasisPoints = Annotated[int, Field(ge=0, le=10_000)]


class Way(Rule):
    """A way to pay: from which amount and up to which, where it is accepted ("" all stores, otherwise their codes),
    and what its provider keeps of it in hundredths of a percent.
    """

    method: MethodName
    least: Fen = 1
    most: Fen | None = None
    stores: tuple[str, ...] = ()
    fee: BasisPoints = 0

    def takes(self, fen: int, store: str) -> str:
        """Why it cannot be used for this amount in this store: store, too_little, too_much; "" when it can."""
        if self.stores and store not in self.stores:
            return "store"
        if fen < self.least:
            return "too_little"
        return "too_much" if self.most is not None and fen > self.most else ""


class Plan(Part):
    """Instalments over so many months. `fee` is what they cost in hundredths of a percent, borne by one side."""

    months: Literal[3, 6, 12]
    fee: BasisPoints
    borne_by: Literal["house", "customer"]


class Waiting(Part):
    """`answer` is how long a provider may take to answer one request, `confirm` how long a customer has to confirm on
    the phone. In doubt we ask after each pause of `ask_after`, then at the last of them, until `ask_until`.
    """

    answer: Seconds = Field(ge=1)
    confirm: Seconds = Field(ge=10)
    ask_after: tuple[Seconds, ...] = Field(min_length=1)
    ask_until: Seconds
    transfer: Seconds

    def pause(self, asked: int) -> int:
        """Seconds until the question after `asked` questions."""
        return max(self.ask_after[min(asked, len(self.ask_after) - 1)], 1)


class Risk(Rule):
    """Flags for review, never holds up. So many times (`times`), or so much money (`fen`), within a stretch."""

    key: Key
    kind: Literal["velocity", "refunds", "amount", "cash_refunds"]
    per: Literal["customer", "till", "actor", "payment"]
    times: int = Field(default=0, ge=0)
    fen: Fen = 0
    within: Seconds = 0

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if not self.times and not self.fen:
            raise ValueError("a risk rule needs `times` or `fen`")
        if self.per != "payment" and not self.within:
            raise ValueError("a rule that counts over several payments needs `within`")
        return self


class Payments(Document):
    ways: tuple[Way, ...] = Field(min_length=1)
    plans: tuple[Plan, ...] = ()
    waiting: Waiting
    refund_days: int = Field(ge=0)
    risk: tuple[Risk, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        no_twins(way.method for way in self.ways)
        no_twins(rule.key for rule in self.risk)
        no_twins(str(plan.months) for plan in self.plans)
        return self

    def way(self, method: str) -> Way | None:
        return next((way for way in self.ways if way.method == method), None)
