"""Documents that move points, written "order:12": a kind and a number."""

from collections.abc import Iterable


def by_source(documents: Iterable[str]) -> dict[str, list[str]]:
    """Numbers of documents by their kind, each once, in order."""
    numbers: dict[str, dict[str, None]] = {}
    for document in documents:
        source, _colon, number = document.partition(":")
        numbers.setdefault(source, {})[number] = None
    return {source: list(some) for source, some in numbers.items()}
