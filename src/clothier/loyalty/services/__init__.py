"""The verbs on points and tiers, by the names other packages call them."""

from clothier.loyalty.services.authority import authority_fen, grant_by_hand
from clothier.loyalty.services.campaigns import save_campaign, stop_campaign
from clothier.loyalty.services.cards import make_link, open_link, renew_card, use_code
from clothier.loyalty.services.counting import count_programme
from clothier.loyalty.services.door_codes import ask_code, code_to_read, open_by_code, send_code
from clothier.loyalty.services.earning import earn, earn_many
from clothier.loyalty.services.expiring import expire
from clothier.loyalty.services.family import invite, join, leave, set_share
from clothier.loyalty.services.granting import grant, grant_suggestion
from clothier.loyalty.services.reversing import exchange, reverse, take_back
from clothier.loyalty.services.spending import give_back, spend
from clothier.loyalty.services.standing import regroup, review, review_due, review_everybody

__all__ = [
    "ask_code",
    "authority_fen",
    "code_to_read",
    "count_programme",
    "earn",
    "earn_many",
    "exchange",
    "expire",
    "give_back",
    "grant",
    "grant_by_hand",
    "grant_suggestion",
    "invite",
    "join",
    "leave",
    "make_link",
    "open_by_code",
    "open_link",
    "regroup",
    "renew_card",
    "reverse",
    "review",
    "review_due",
    "review_everybody",
    "save_campaign",
    "send_code",
    "set_share",
    "spend",
    "stop_campaign",
    "take_back",
    "use_code",
]
