"""What the demo shows at its door, and what it holds."""

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


@dataclass(frozen=True, slots=True)
class Filled:
    """What the demo database holds, orders about. `fresh` is False when an earlier fill had finished already."""

    seed: int
    customers: int
    orders: int
    stores: int
    fresh: bool
