"""What people wait for: profile, search, board and segments."""

from collections.abc import Iterable

from clothier.cli.benches.measuring import Figure, percentiles, timed
from clothier.cli.benches.pages import page, pages, signed_in
from clothier.customers.selectors import condition_of, find, members, size_of
from clothier.customers.services import catch_up, look_again_at_everybody, save_segment
from clothier.insights.services import predict_repurchase
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM

# A common surname, a given name, pinyin, initials, four digits, and somebody who is not there.
QUERIES = ["王", "王芳", "wangfang", "lx", "2071", "M0000042", "13800000000", "欧阳不存在"]
SEGMENTS = {
    "regulars": {"kind": "figure", "figure": "orders", "least": 5},
    "valued and away": {
        "kind": "all",
        "of": [
            {"kind": "layer", "layers": ["vip", "high_frequency"]},
            {"kind": "moment", "moment": "last_visit_at", "at_least_days": 60},
        ],
    },
    "everybody": {"kind": "all", "of": []},
}


def profile(customers: int) -> list[Figure]:
    """The whole page of a customer, first of one in the middle and then of the one with the longest history."""
    everybody = condition_of(save_segment(name=_new("everybody"), condition=SEGMENTS["everybody"]))
    people = members(everybody, limit=200)
    busiest = max(people, key=lambda person: person.orders)
    client = signed_in("manager")
    return [
        *_named("a customer", page(client, f"/customers/{people[len(people) // 2].pk}/")),
        *_named("the busiest", page(client, f"/customers/{busiest.pk}/")),
    ]


def search(customers: int) -> list[Figure]:
    """The question itself, and the page with its answer."""
    asked = [figure for query in QUERIES for figure in _asked(query)]
    return asked + page(signed_in("manager"), "/customers/?q=wangfang")


def board(customers: int) -> list[Figure]:
    return pages("manager", ["/board/", "/board/{store}/", "/board/{store}/standup/"])


def segments(customers: int) -> list[Figure]:
    """Layers and predictions of everybody from nothing; the live size while a segment is edited, a page of members."""
    figures = [
        Figure("layers of everybody from nothing", timed(_place_everybody), "s"),
        Figure("predictions of everybody from nothing", timed(predict_repurchase), "s"),
    ]
    for name, tree in SEGMENTS.items():
        condition = condition_of(save_segment(name=_new(name), condition=tree))
        figures += percentiles(f"size: {name}", lambda condition=condition: size_of(condition))  # type: ignore[misc]
        figures += percentiles(f"members: {name}", lambda condition=condition: members(condition))  # type: ignore[misc]
    return figures


def _place_everybody() -> None:
    look_again_at_everybody(at=clock.now())
    while catch_up():
        pass


def _new(name: str) -> str:
    return f"bench {name} {clock.now():%Y%m%d%H%M%S%f}"


def _asked(query: str) -> list[Figure]:
    return percentiles(f"find {query}", lambda: find(SYSTEM, query))


def _named(who: str, figures: Iterable[Figure]) -> list[Figure]:
    return [Figure(f"{who}: {each.name}", each.value, each.unit, each.floor) for each in figures]
