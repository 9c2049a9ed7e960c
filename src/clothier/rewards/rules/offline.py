"""What a till needs to take a coupon while it cannot ask: the promise itself, in a text short enough for a QR code."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from clothier.rewards.rules.terms import CouponKind, Goods, Terms

VERSION = "c1"


@dataclass(frozen=True, slots=True)
class Promise:
    """A coupon's code and terms as the signature covers them."""

    code: str
    terms: Terms


def written(promise: Promise) -> bytes:
    """JSON with one-letter names; what is not asked for stays unsaid."""
    terms = promise.terms
    told = {
        "c": promise.code,
        "k": terms.kind.value,
        "v": terms.value,
        "t": terms.threshold_fen,
        "m": terms.most_fen,
        "g": terms.goods.told(),
        "x": terms.stacking,
        "s": sorted(terms.stores),
        "p": terms.gift_sku,
        "f": _epoch(terms.valid_from),
        "u": _epoch(terms.valid_until),
    }
    return json.dumps({name: value for name, value in told.items() if value}, separators=(",", ":")).encode()


def read(body: bytes) -> Promise:
    """Raises ValueError or KeyError for a text that `written` did not write."""
    told = json.loads(body)
    terms = Terms(
        kind=CouponKind(told["k"]),
        value=told.get("v", 0),
        threshold_fen=told.get("t", 0),
        most_fen=told.get("m"),
        goods=Goods.read(told.get("g", {})),
        stacking=told.get("x", ""),
        stores=frozenset(told.get("s", ())),
        gift_sku=told.get("p"),
        valid_from=_moment(told.get("f")),
        valid_until=_moment(told.get("u")),
    )
    return Promise(told["c"], terms)


def token(body: bytes, signature: bytes) -> str:
    return ".".join((VERSION, _text(body), _text(signature)))


def parts(text: str) -> tuple[bytes, bytes]:
    """Body and signature of a token. Raises ValueError for anything else."""
    version, body, signature = text.strip().split(".")
    if version != VERSION:
        raise ValueError(f"{version} is not a version of ours")
    return _bytes(body), _bytes(signature)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _epoch(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
