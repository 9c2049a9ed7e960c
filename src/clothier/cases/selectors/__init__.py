"""The questions about cases, by the names other packages ask them."""

from clothier.cases.proof import case_differences
from clothier.cases.selectors.approvals import approvals_for, compensation_for
from clothier.cases.selectors.capacity import capacity_of
from clothier.cases.selectors.files import CaseFile, case_for, threads_of
from clothier.cases.selectors.giving import Given, Recipient, deciding, given_in, most_given
from clothier.cases.selectors.goods import Claim, Near, Swap, Window, claims, return_window, swaps
from clothier.cases.selectors.kin import Kin, kin_of
from clothier.cases.selectors.lists import cases_for
from clothier.cases.selectors.lost import Match, is_find, lost_story, matches
from clothier.cases.selectors.matters import Matter, open_matters, spoken_of
from clothier.cases.selectors.photos import photo_content
from clothier.cases.selectors.reports import Month, givers_of, month_report
from clothier.cases.selectors.room import Room, room_of
from clothier.cases.selectors.service_cards import card_of, card_token
from clothier.cases.selectors.slips import slip_of

__all__ = [
    "CaseFile",
    "Claim",
    "Given",
    "Kin",
    "Match",
    "Matter",
    "Month",
    "Near",
    "Recipient",
    "Room",
    "Swap",
    "Window",
    "approvals_for",
    "capacity_of",
    "card_of",
    "card_token",
    "case_differences",
    "case_for",
    "cases_for",
    "claims",
    "compensation_for",
    "deciding",
    "given_in",
    "givers_of",
    "is_find",
    "kin_of",
    "lost_story",
    "matches",
    "month_report",
    "most_given",
    "open_matters",
    "photo_content",
    "return_window",
    "room_of",
    "slip_of",
    "spoken_of",
    "swaps",
    "threads_of",
]
