"""The verbs of rewards, by the names other packages call them."""

from clothier.rewards.services.batches import issue_to_segment, stop_batch, work_once
from clothier.rewards.services.birthdays import give_birthday_gift
from clothier.rewards.services.boxes import PrizeFacts, draft_box, open_box, reveal_due
from clothier.rewards.services.calendar import end_due
from clothier.rewards.services.direct import redeem_for
from clothier.rewards.services.drawing import claim_prize, draw
from clothier.rewards.services.ending import expire_due, withdraw
from clothier.rewards.services.fairness import count_fairness
from clothier.rewards.services.issuing import issue
from clothier.rewards.services.items import ItemFacts, offer_item, put_on_sale, restock
from clothier.rewards.services.offline import redeem_offline
from clothier.rewards.services.parking import use_parking
from clothier.rewards.services.shop import cancel_exchange, collect, exchange, lapse_due, undo_exchange
from clothier.rewards.services.templates import (
    TemplateFacts,
    close_template,
    draft_template,
    edit_template,
    open_template,
)
from clothier.rewards.services.using import give_back, hold, redeem, release, release_all, reserve

__all__ = [
    "ItemFacts",
    "PrizeFacts",
    "TemplateFacts",
    "cancel_exchange",
    "claim_prize",
    "close_template",
    "collect",
    "count_fairness",
    "draft_box",
    "draft_template",
    "draw",
    "edit_template",
    "end_due",
    "exchange",
    "expire_due",
    "give_back",
    "give_birthday_gift",
    "hold",
    "issue",
    "issue_to_segment",
    "lapse_due",
    "offer_item",
    "open_box",
    "open_template",
    "put_on_sale",
    "redeem",
    "redeem_for",
    "redeem_offline",
    "release",
    "release_all",
    "reserve",
    "restock",
    "reveal_due",
    "stop_batch",
    "undo_exchange",
    "use_parking",
    "withdraw",
    "work_once",
]
