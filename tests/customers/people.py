"""Customers of the tests, registered through the verbs."""

from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import register

PHONE = "13800138000"


def lin(**more) -> int:
    """Ms Lin, a member with a verified phone."""
    identifiers = (NewIdentifier(Kind.MEMBER, "M10086", True), NewIdentifier(Kind.PHONE, PHONE, True))
    return register(**{"name": "林晓梅", "title": "ms", "identifiers": identifiers, **more})


def somebody(name: str = "王芳", *identifiers: NewIdentifier, **more) -> int:
    return register(name=name, identifiers=identifiers, **more)


def phone(value: str = PHONE, verified: bool = True) -> NewIdentifier:
    return NewIdentifier(Kind.PHONE, value, verified)


def unionid(value: str, verified: bool = True) -> NewIdentifier:
    return NewIdentifier(Kind.UNIONID, value, verified)


def member(value: str, verified: bool = True) -> NewIdentifier:
    return NewIdentifier(Kind.MEMBER, value, verified)
