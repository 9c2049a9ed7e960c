"""Identifiers: how each kind is written, which ones prove a person, and what of them may be shown."""

import re
import unicodedata
from enum import StrEnum


class Kind(StrEnum):
    MEMBER = "member"
    PHONE = "phone"
    UNIONID = "unionid"
    OPENID = "openid"
    WECOM = "wecom"
    EMAIL = "email"
    RFID = "rfid"
    PLATE = "plate"


# A verified one of these links two records by itself; nothing else does.
PROVING = frozenset({Kind.PHONE, Kind.UNIONID, Kind.MEMBER})
# Shown whole to everybody who may see the customer: they name a card, not a way to reach a person.
OPEN = frozenset({Kind.MEMBER, Kind.RFID})

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_ABROAD = re.compile(r"\+\d{7,15}")
_LANDLINE = re.compile(r"0\d{9,11}")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,39}")
_OPAQUE = re.compile(r"\S{4,80}")


class Malformed(ValueError):
    """The text is no identifier of that kind."""


def normal(kind: Kind, text: str) -> str:
    """The one way to write an identifier, so that equal ones hash equally. Raises Malformed."""
    cleaned = unicodedata.normalize("NFKC", text).strip()
    if kind is Kind.PHONE:
        return _phone(cleaned)
    if kind is Kind.EMAIL:
        return _matching(_EMAIL, cleaned.lower())
    if kind is Kind.PLATE:
        return _matching(_PLATE, re.sub(r"[\s·.•-]", "", cleaned).upper())
    if kind in (Kind.MEMBER, Kind.RFID):
        return _matching(_CODE, "".join(cleaned.split()).upper())
    return _matching(_OPAQUE, cleaned)


def tail(kind: Kind, value: str) -> str:
    """The last four digits of a normal phone number, by which people are asked for it; empty for other kinds."""
    return value[-4:] if kind is Kind.PHONE else ""


def masked(kind: Kind, value: str) -> str:
    """What everybody may see: 138****8000, l***@example.com, 沪A***88."""
    if kind in OPEN:
        return value
    if kind is Kind.PHONE:
        return f"{value[:-8]}****{value[-4:]}" if len(value) >= 11 else f"****{value[-4:]}"
    if kind is Kind.EMAIL:
        user, _, domain = value.partition("@")
        return f"{user[:1]}***@{domain}"
    if kind is Kind.PLATE:
        return f"{value[:2]}***{value[-2:]}"
    return f"{value[:2]}…{value[-2:]}"


def _phone(text: str) -> str:
    if _MOBILE.fullmatch(text):
        # Nearly every number of every file.
        return text
    digits = re.sub(r"[\s()（）.-]", "", text)
    digits = re.sub(r"^(\+86|0086|86(?=1[3-9]\d{9}$))", "", digits)
    digits = re.sub(r"^00", "+", digits)
    for shape in (_MOBILE, _ABROAD, _LANDLINE):
        if shape.fullmatch(digits):
            return digits
    raise Malformed(text)


def _matching(shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise Malformed(text)
    return text
