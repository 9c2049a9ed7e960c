"""The verbs of rewards, by the names other packages call them."""

from clothier.rewards.services.issuing import issue
from clothier.rewards.services.templates import (
    TemplateFacts,
    close_template,
    draft_template,
    edit_template,
    open_template,
)
from clothier.rewards.services.using import give_back, hold, redeem, release, reserve

__all__ = [
    "TemplateFacts",
    "close_template",
    "draft_template",
    "edit_template",
    "give_back",
    "hold",
    "issue",
    "open_template",
    "redeem",
    "release",
    "reserve",
]
