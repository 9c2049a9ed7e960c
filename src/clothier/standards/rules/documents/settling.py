"""How the books of a day are closed: hours, drawers, what providers keep, and the accounts."""

from datetime import time
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Percent, Rule, Text, no_twins
from clothier.standards.rules.durations import Fen

# What a day's figures are booked on; each has an account of the retailer's own chart.
Post = Literal["sales", "tax", "points", "cash", "bank", "receivable", "fees", "drawer", "difference"]


class ProviderFee(Rule):
    """What a provider keeps of a payment, in ten-thousandths, rounded half up to the fen; `refunds`: it gives that back
    when the money goes back.
    """

    provider: Key
    per_10000: int = Field(ge=0, le=2_000)
    refunds: bool = True
    tolerance: Fen = 1

    def of(self, fen: int) -> int:
        """The fee for an amount, with its sign."""
        if fen < 0 and not self.refunds:
            return 0
        whole = (abs(fen) * self.per_10000 + 5_000) // 10_000
        return whole if fen >= 0 else -whole


class Account(Part):
    """Where a post is booked; `method` narrows it to one way to pay."""

    post: Post
    method: str = ""
    number: str = Field(min_length=1, max_length=20)
    name: Text


class Settlement(Document):
    # Local time until which a sale still belongs to the evening before.
    day_ends: time
    agreed_days: int = Field(ge=1, le=7)
    float: Fen
    # A drawer that differs by more than this asks for a reason.
    drawer_tolerance: Fen
    # How many days the provider's books may lie from ours before a difference in date is more than timing.
    timing_days: int = Field(ge=0, le=7)
    # Tills whose money runs through Clothier. Sales of other sources are settled where they were paid.
    sources: tuple[str, ...] = Field(min_length=1)
    vat_percent: Percent
    fees: tuple[ProviderFee, ...] = ()
    accounts: tuple[Account, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        no_twins(fee.provider for fee in self.fees)
        no_twins(f"{account.post} {account.method}".strip() for account in self.accounts)
        for post in get_args(Post):
            if not any(account.post == post and not account.method for account in self.accounts):
                raise ValueError(f"the post {post} has no account")
        return self

    def fee(self, provider: str) -> ProviderFee | None:
        return next((fee for fee in self.fees if fee.provider == provider), None)

    def account(self, post: Post, method: str = "") -> Account:
        """The account of a post, the method's own where it has one."""
        own = (account for account in self.accounts if account.post == post and account.method == method)
        general = (account for account in self.accounts if account.post == post and not account.method)
        return next(own, None) or next(general)
