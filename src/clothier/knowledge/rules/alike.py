"""Questions that are nearly the same, by the pairs of characters they share."""

# Half of the pairs in common: "羊绒能机洗吗" and "羊绒衫能不能机洗" are one question, "羊绒能退吗" is another.
ENOUGH = 0.5
# Four fifths: the same question but for a particle. 羊绒能退吗 is not 羊绒能洗吗.
SAME = 0.8


def pairs(plain: str) -> frozenset[str]:
    """Neighbouring characters of a normalised text; the text itself where it is too short to have any."""
    solid = "".join(plain.split())
    return frozenset(solid[at : at + 2] for at in range(len(solid) - 1)) or frozenset({solid})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))
