"""Channels on which customers fetch what we write: a page that is open, a kiosk, somebody else's program."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clothier.conversations.contracts import Identity, NotSent, Outgoing
from clothier.conversations.rules.files import ANY


@dataclass(frozen=True, slots=True)
class Fetched:
    """`kind` is the identifier that an address is, where it is one; nothing on these channels proves it by itself."""

    key: str
    kind: str = ""
    pushes: bool = False
    carries: Mapping[str, int] = field(default_factory=lambda: ANY)

    def identity(self, address: str) -> Identity | None:
        return Identity(self.kind, address, False) if self.kind else None

    def send(self, out: Outgoing) -> str:
        raise NotSent(f"{self.key}: replies are fetched", final=True)
