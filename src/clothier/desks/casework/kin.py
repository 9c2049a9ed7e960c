"""What belongs with a case, for its page: how many there are of what, each leading to the list, and the nearest."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clothier.cases.contracts import CaseView, Relation
from clothier.cases.selectors import CaseFile, Kin, kin_of
from clothier.cases.selectors.kin import MOST, Relative
from clothier.desks.casework.monthly import cause_name
from clothier.kernel.access import Viewer

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Count:
    """`said`: how many, with a plus where nobody counted further."""

    label: Promise | str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Related:
    """`merge`: where the younger of two is made one with the older, this one's number filled in."""

    case: Relative
    why: Promise
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    counts: list[Count]
    rows: list[Related]


def around(viewer: Viewer, file: CaseFile) -> Around:
    kin = kin_of(viewer, file.case)
    twins = [Related(one, _("可能重复"), _merging(one, file.view)) for one in kin.twins]
    others = [Related(one, _("同一位顾客")) for one in kin.same_customer[:SHOWN]]
    known = {one.case.id for one in [*twins, *others]}
    alike = [Related(one, _("同款")) for one in kin.siblings if one.id not in known][:SHOWN]
    return Around(list(_counts(kin, file)), [*twins, *others, *alike])


def _counts(kin: Kin, file: CaseFile) -> Iterator[Count]:
    case = file.case
    style = {"style": case.style_id}
    here, why = {"store": case.store_id}, {"cause": case.cause}
    yield from _count(_("同一位顾客"), len(kin.twins) + len(kin.same_customer), customer=case.customer_id)
    yield from _count(_("同款"), len(kin.siblings), **style)
    if case.store_id:
        yield from _count(_("同款同店"), kin.alike(store=case.store_id), **style, **here)
    if case.cause:
        named = _("同款：%(cause)s") % {"cause": cause_name(case.cause)}
        yield from _count(named, kin.alike(cause=case.cause), **style, **why)
    if case.store_id and case.cause:
        both = kin.alike(store=case.store_id, cause=case.cause)
        yield from _count(_("同款同店同因"), both, **style, **here, **why)


def _count(label: Promise | str, count: int, **told: object) -> Iterator[Count]:
    if count:
        href = reverse("casework:list") + "?" + urlencode({"box": "all"} | told)
        yield Count(label, f"{MOST}+" if count > MOST else str(count), href)


def _merging(one: Relative, case: CaseView) -> str:
    older, younger = sorted((one.id, one.number) for one in (one, case))
    told = urlencode({"do": "link", "other": older[1], "relation": Relation.DUPLICATE.value})
    return f"{reverse('casework:case', args=[younger[0]])}?{told}#next"
