"""What the demo shows at its door."""

from dataclasses import dataclass

from clothier.kernel.access import Role


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A sign-in of the demo chain; `store` is the code of its store, empty for head office."""

    username: str
    password: str
    name: str
    role: Role
    store: str
