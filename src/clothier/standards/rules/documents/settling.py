"""How the books of a day are closed: hours, drawers, what providers keep, and the accounts."""

from datetime import time
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Part, Percent, Text, no_twins
from clothier.standards.rules.durations import Fen, Seconds

# What a day's figures are booked on; each has an account of the retailer's own chart.
Post = Literal["sales", "allowance", "tax", "points", "cash", "bank", "receivable", "fees", "drawer", "difference"]
# A chart that knows no account for a price given back books it where the sale was.
_ELSE: dict[Post, Post] = {"allowance": "sales"}


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
    # Money of the last part of an evening may stand in the provider's next day.
    late_evening: Seconds
    # How far a provider's fee may lie from the contracted one (house rules of paying) before somebody looks.
    fee_tolerance: Fen
    # Providers give their fee back with a refund.
    fee_returned: bool
    vat_percent: Percent
    accounts: tuple[Account, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        no_twins(f"{account.post} {account.method}".strip() for account in self.accounts)
        for post in set(get_args(Post)) - _ELSE.keys():
            if not any(account.post == post and not account.method for account in self.accounts):
                raise ValueError(f"the post {post} has no account")
        return self

    def account(self, post: Post, method: str = "") -> Account:
        """The account of a post, the method's own where it has one."""
        own = (account for account in self.accounts if account.post == post and account.method == method)
        general = (account for account in self.accounts if account.post == post and not account.method)
        return next(own, None) or next(general, None) or self.account(_ELSE[post])
