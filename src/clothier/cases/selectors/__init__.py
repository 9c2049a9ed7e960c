"""The questions about cases, by the names other packages ask them."""

from clothier.cases.selectors.approvals import approvals_for, compensation_for
from clothier.cases.selectors.files import CaseFile, case_for
from clothier.cases.selectors.goods import Swap, Window, return_window, swaps
from clothier.cases.selectors.lists import cases_for
from clothier.cases.selectors.matters import Matter, open_matters
from clothier.cases.selectors.photos import photo_content
from clothier.cases.selectors.service_cards import card_of, card_token

__all__ = [
    "CaseFile",
    "Matter",
    "Swap",
    "Window",
    "approvals_for",
    "card_of",
    "card_token",
    "case_for",
    "cases_for",
    "compensation_for",
    "open_matters",
    "photo_content",
    "return_window",
    "swaps",
]
