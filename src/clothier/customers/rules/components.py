"""A person is a connected component: records joined by live links."""

from collections.abc import Iterable

LARGEST = 12
"""More records than this in one person is a shared phone or a fault, not a person: linking stops and people look."""

Edge = tuple[int, int]


def components(nodes: Iterable[int], edges: Iterable[Edge]) -> list[frozenset[int]]:
    """The components over `nodes`, ordered by their smallest member; an edge to elsewhere is left out."""
    neighbours: dict[int, set[int]] = {node: set() for node in nodes}
    for a, b in edges:
        if a in neighbours and b in neighbours:
            neighbours[a].add(b)
            neighbours[b].add(a)
    found, seen = [], set[int]()
    for node in sorted(neighbours):
        if node not in seen:
            group = _reach(node, neighbours)
            seen |= group
            found.append(frozenset(group))
    return found


def canonical(component: Iterable[int]) -> int:
    """The record that stands for the person: the oldest, so the choice hangs on nothing but the members."""
    return min(component)


def _reach(start: int, neighbours: dict[int, set[int]]) -> set[int]:
    group, todo = {start}, [start]
    while todo:
        fresh = neighbours[todo.pop()] - group
        group |= fresh
        todo.extend(fresh)
    return group
