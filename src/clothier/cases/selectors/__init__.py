"""The questions about cases, by the names other packages ask them."""

from clothier.cases.selectors.files import CaseFile, case_for
from clothier.cases.selectors.lists import cases_for

__all__ = ["CaseFile", "case_for", "cases_for"]
