"""Lost property: what somebody misses beside what was found. Both are cases; a find is in the shop and nobody's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from django.db.models import Q, QuerySet

from clothier.cases.contracts import OPEN_STATES, CaseView, Holder, Kind
from clothier.cases.models import Case, CasePhoto
from clothier.cases.selectors.lists import eyes, seen, seen_from
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.language.services import words

LOOKED, SHOWN = 100, 5
# Of which every such story is made: they tell no umbrella from a ring.
_EMPTY = {
    *"我你您他她的了在是有也和把被个件条只双副顶张部串支一二三两几这那里外上下前后中到来去没不就都还吗呢吧啊请丢落忘掉捡",
    "我们", "你们", "捡到", "拾到", "落下", "忘在", "丢失", "丢了", "a", "the", "my", "in",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A case that may be the other half: the words both have in common, and a photo of it."""

    case: CaseView
    words: Sequence[str]
    photo: int | None


def lost_story(text: str, *, day: date | None, place: str) -> str:
    """What is missed or was found as one text: first when and where."""
    head = " · ".join(filter(None, [f"{day:%Y-%m-%d}" if day else "", place.strip()]))
    return f"{head}\n{text}" if head else text


def is_find(case: Case) -> bool:
    """Whether it is something that was found and that nobody has claimed yet."""
    return case.kind == Kind.LOST and case.holder == Holder.SHOP and case.customer_id is None


def matches(viewer: Viewer, case: Case) -> list[Match]:
    """Of an open find what is missed, of what is missed the finds: of the same store, what has most in common first.

    A word that is in every story (the fitting room) counts little, one that is in few (an umbrella) much.
    """
    find = is_find(case)
    if case.kind != Kind.LOST or case.state not in OPEN_STATES or (case.holder and not find):
        return []
    told = {view.id: (view, _told(view)) for view in map(seen, _others(
        **eyes(viewer), case=case.pk, store=case.store_id, finds=not find, limit=LOOKED))}  # fmt: skip
    common = Counter(word for _view, said in told.values() for word in said)
    mine = _told(seen(case))
    score = {pk: sum(log(1 + len(told) / common[word]) for word in mine & said) for pk, (_view, said) in told.items()}
    best = sorted((pk for pk in score if score[pk]), key=lambda pk: (-score[pk], -pk))[:SHOWN]
    photos = dict(reversed(_photos(cases=best))) if best else {}
    return [Match(told[pk][0], sorted(mine & told[pk][1]), photos.get(pk)) for pk in best]


def _told(view: CaseView) -> set[str]:
    return set(words(view.summary)) - _EMPTY


@prepared
def _others(
    stores: list[int] | None, own: int | None, storeless: bool, case: int, store: int | None, finds: bool, limit: int
) -> "QuerySet[Case, Case]":
    rows = seen_from(stores, own, storeless).exclude(pk=case).filter(kind=Kind.LOST.value, state__in=_LIVE)
    rows = rows.filter(holder=Holder.SHOP.value, customer_id=None) if finds else rows.filter(holder="")
    rows = rows if store is None else rows.filter(Q(store=store) | Q(store=None))
    return rows.order_by("-pk")[:limit]


_LIVE = [state.value for state in OPEN_STATES]


@prepared
def _photos(cases: list[int]) -> "QuerySet[CasePhoto, tuple[int, int]]":
    return CasePhoto.objects.filter(case__in=cases).order_by("pk").values_list("case_id", "pk")
