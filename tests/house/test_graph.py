"""The house's own rules about who may import whom, beyond the layers that import-linter holds."""

from collections.abc import Iterator

import grimp
import pytest

# A package shows these modules to the others; whatever else it has is its own business.
# `history` are verbs too: of the past, told as arrays, with the libraries that takes.
FACE = {"services", "history", "selectors", "contracts", "events"}
MORE_FACE = {
    "kernel": None,  # the kernel is all face
    "eventlog": {"deliveries", "tail"},  # the worker's and the live feed's side of the log
    "simulation": {"accounts", "live"},  # the demo's sign-ins and its day, for the command line
    "staff": {"middleware"},  # the typed request of somebody signed in
    "desks": {
        "access",
        "answers",
        "attachments",
        "doors",
        "facts",
        "forms",
        "limits",
        "navigation",
        "photos",
        "shops",
        "squares",
        "statements",
        "toasts",
        "words",
    },  # what every page needs of the shell
}
ROOMS = (
    "urls",
    "views",
    "api",
    "handlers",
    "admin",
    "forms",
    "history",
    "services",
    "selectors",
    "models",
    "rules",
    "events",
)
RANK = {name: rank for rank, names in enumerate(
    [("events",), ("contracts", "rules"), ("models",), ("selectors",), ("services",), ("history",), ("forms",),
     ("views", "api", "handlers", "admin"), ("urls",)]
) for name in names}  # fmt: skip


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph("clothier", cache_dir=None)
    return [
        (importer, found)
        for importer in graph.modules - {"clothier"}
        for found in graph.find_modules_directly_imported_by(importer) - {"clothier"}
    ]


def split(module: str) -> tuple[str, str]:
    """clothier.desks.floor.views.bells → (desks.floor, views)."""
    parts = module.split(".")[1:]
    size = 2 if parts[0] == "desks" else 1
    return ".".join(parts[:size]), parts[size] if len(parts) > size else ""


def strangers(imports: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for importer, found in imports:
        (here, _), (there, room) = split(importer), split(found)
        if here == there or not room or here == "config":
            continue
        extra = MORE_FACE.get(there.split(".")[0], set())
        if extra is not None and room not in FACE | extra:
            yield importer, found


def test_a_package_shows_only_its_face_to_the_others(imports):
    assert sorted(strangers(imports)) == []


def test_inside_a_package_imports_go_from_pages_to_verbs_to_rows_to_rules(imports):
    upward = [
        (importer, found)
        for importer, found in imports
        for (here, room), (there, other) in [(split(importer), split(found))]
        if here == there and RANK.get(room, 99) < RANK.get(other, -1)
    ]
    assert sorted(upward) == []


def test_no_package_reaches_itself_through_another(imports):
    edges: dict[str, set[str]] = {}
    for importer, found in imports:
        here, there = split(importer)[0], split(found)[0]
        if here != there and "config" not in (here, there):
            edges.setdefault(here, set()).add(there)

    def reachable(start: str) -> set[str]:
        seen: set[str] = set()
        queue = list(edges.get(start, ()))
        while queue:
            here = queue.pop()
            if here not in seen:
                seen.add(here)
                queue.extend(edges.get(here, ()))
        return seen

    assert [package for package in sorted(edges) if package in reachable(package)] == []
