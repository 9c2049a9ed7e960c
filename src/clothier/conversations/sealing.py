"""How what is said is sealed to be kept, and addresses are hashed to be found.

Each address has a key of its own, so a conversation that changes hands with its customer needs no sealing anew, and
strangers' words are sealed as well as customers'. Dropping the key is erasure.
"""

from clothier.conversations.models import Contact
from clothier.kernel import vault


def address_hash(channel: str, address: str) -> str:
    return vault.keyed_hash(f"contact:{channel}", address)


def seal(contact: Contact, text: str) -> str:
    """Sealed with the address's key; empty stays empty. Raises LookupError once the key is gone."""
    if contact.key is None:
        raise LookupError(contact.pk)
    return vault.seal(bytes(contact.key), text) if text else ""


def opened(key: bytes | memoryview | None, sealed: str) -> str | None:
    """The text again; None where the key was dropped."""
    if key is None:
        return None
    return vault.unseal(bytes(key), sealed) if sealed else ""
