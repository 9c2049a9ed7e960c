"""What comes back for goods that come back: exact to the fen, however many times a line is taken back in parts."""

from collections.abc import Sequence

from clothier.kernel.money import share


def worth_back(total_fen: int, sold: int, before: int, now: int) -> int:
    """What `now` more pieces of a line of `sold` are worth, after `before` of them: all of them add up to the total."""
    return total_fen * (before + now) // sold - total_fen * before // sold


def points_back(points: int, fen: int, taken_fen: int) -> int:
    """Of `points` that pay `fen` still, how many go back with `taken_fen`: the last fen takes the last point."""
    return points * taken_fen // fen if fen else 0


def spread(fen: int, held: Sequence[int]) -> list[int]:
    """Take fen from what was paid, in proportion to what is left of each; never more than there is.

    Raises ValueError when more is asked for than was paid.
    """
    if fen > sum(held) or fen < 0:
        raise ValueError("more comes back than was paid")
    if not fen:
        return [0] * len(held)
    parts = share(fen, list(held))
    # The largest remainder may hand a fen to somebody who has none left.
    for place, (part, most) in enumerate(zip(parts, held, strict=True)):
        if part > most:
            spare = part - most
            parts[place] = most
            for other, room in enumerate(held):
                more = min(spare, room - parts[other])
                parts[other] += more
                spare -= more
    return parts
