"""What may be said now, and an index over it: built once for each process and edition, never for a question."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from clothier.kernel import clock
from clothier.knowledge.contracts import Audience
from clothier.knowledge.models import Mark, Publication, Version
from clothier.knowledge.rules.alike import SAME, likeness, pairs
from clothier.knowledge.selectors.articles import spoken_at
from clothier.knowledge.selectors.asking import plain
from clothier.knowledge.selectors.edition import token
from clothier.language.contracts import Entry
from clothier.language.services import Index

# Audiences × channels with articles of their own × what begins or ends today: more than a house ever uses at once.
MOST_INDEXES = 12
# Questions that editors said nothing answers, the newest so many.
MOST_REFUSED = 200


@dataclass(slots=True)
class Shelf:
    """Everything one edition says or will say; an index for each set of articles that anybody may be answered from.

    `refused`: what was answered falsely once, and an editor said that nothing answers it.
    """

    token: str
    publications: dict[int, list[Publication]]
    refused: tuple[frozenset[str], ...]
    indexes: "OrderedDict[tuple[int, ...], Index]" = field(default_factory=OrderedDict)
    building: Lock = field(default_factory=Lock)

    def versions(self, *, at: datetime, channel: str, audience: str) -> Iterator[Version]:
        """What may be said to this audience on this channel at this moment, article by article."""
        for told in self.publications.values():
            article = told[0].version.article
            if article.audience == Audience.STAFF and audience != Audience.STAFF:
                continue
            if channel and article.channels and channel not in article.channels:
                continue
            if (said := spoken_at(told, at)) is not None:
                yield said.version

    def index(self, versions: dict[int, Version]) -> Index:
        """Built where nobody has asked of this set before: a second or two for a thousand ways to ask."""
        known = tuple(versions)
        with self.building:
            found = self.indexes.get(known)
            if found is None:
                found = self.indexes[known] = Index.build([entry(version) for version in versions.values()])
            self.indexes.move_to_end(known)
            while len(self.indexes) > MOST_INDEXES:
                self.indexes.popitem(last=False)
        return found

    def refuses(self, text: str) -> bool:
        """Whether a question is nearly one that nothing answers."""
        mine = pairs(plain(text))
        return any(likeness(mine, one) >= SAME for one in self.refused)


_lock = Lock()
_shelf: Shelf | None = None


def shelf() -> Shelf:
    """This process's shelf, filled anew when anything was published since; one query when nothing was."""
    global _shelf  # noqa: PLW0603 - one per process is the point
    now = token()
    known = _shelf
    if known is not None and known.token == now:
        return known
    with _lock:
        if _shelf is None or _shelf.token != now:
            _shelf = Shelf(now, _published(), _refused())
        return _shelf


def choices() -> list[tuple[int, str]]:
    """Articles that speak now, for a form that names one: id and question in the reader's language, by question."""
    now = clock.now()
    said = ((pk, spoken_at(told, now)) for pk, told in shelf().publications.items())
    return sorted(((pk, one.version.title) for pk, one in said if one), key=lambda pair: pair[1])


def _published() -> dict[int, list[Publication]]:
    """What speaks or will speak, by article. What has ended already never comes back."""
    found: dict[int, list[Publication]] = {}
    rows = Publication.objects.filter(withdrawn_at=None).select_related("version__article").order_by("article", "pk")
    for row in rows:
        if row.valid_until is None or row.valid_until > clock.now():
            found.setdefault(row.article_id, []).append(row)
    return found


def _refused() -> tuple[frozenset[str], ...]:
    rows = Mark.objects.filter(right=None).exclude(settled_at=None).order_by("-pk")
    return tuple(pairs(plain(text)) for text in rows.values_list("text", flat=True)[:MOST_REFUSED])


def entry(version: Version) -> Entry:
    """A version as the index takes it."""
    ways = (version.question_en, *version.variants)
    answer = f"{version.answer} {version.answer_en}"
    return Entry(str(version.pk), version.question, tuple(way for way in ways if way), answer)
