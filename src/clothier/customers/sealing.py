"""How a record's private data is hashed to be found and sealed to be kept."""

from collections.abc import Callable
from functools import cache

from clothier.customers.models.people import Customer
from clothier.customers.rules.identifiers import Kind
from clothier.kernel import vault


class Forgotten(LookupError):
    """The record was erased: its key is gone and what was sealed with it cannot be read again."""


def identifier_hash(kind: Kind, normal: str) -> str:
    return identifier_hasher(kind)(normal)


def identifier_hasher(kind: Kind) -> Callable[[str], str]:
    return vault.keyed_hasher(f"identifier:{kind}")


@cache
def tail_hash(digits: str) -> str:
    """There are ten thousand of them."""
    return vault.keyed_hash("phone-tail", digits)


def birth_hash(month_day: str) -> str:
    """Of a birthday written "05-03", so that birthdays are found day by day without being readable."""
    return vault.keyed_hash("birthday", month_day)


def digest(*parts: object) -> str:
    """The identity of a statement, so that the same one said twice is counted, whether sealed or not."""
    return vault.keyed_hash("fact", "\x1f".join(str(part) for part in parts))


def seal(customer: Customer, text: str) -> str:
    return vault.seal(_key(customer), text)


def unseal(customer: Customer, sealed: str) -> str:
    return vault.unseal(_key(customer), sealed)


def _key(customer: Customer) -> bytes:
    if customer.key is None:
        raise Forgotten(customer.pk)
    return bytes(customer.key)
