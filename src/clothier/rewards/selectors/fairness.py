"""The fairness report: two questions over the whole chain, whatever its size, and no person in the answer."""

from collections import defaultdict
from datetime import timedelta

from clothier.customers.selectors import likeness_sql
from clothier.kernel import clock, columns
from clothier.loyalty.selectors import tiers_sql
from clothier.rewards.models import Batch, Coupon, FairnessCount, FairnessFinding, Template
from clothier.rewards.rules.fairness import Bounds, Finding, Given, Group, findings, worst_first
from clothier.standards.selectors import document as house_rule


def fairness_count() -> FairnessCount | None:
    """When the report was counted last; None until it was counted once."""
    return FairnessCount.objects.order_by("-pk").first()


def fairness_findings(count: FairnessCount, *, limit: int | None = None) -> list[Finding]:
    """What that count found, the worst first."""
    return [_finding(row) for row in count.findings.order_by("pk")[:limit]]


def treated_unlike() -> list[Finding]:
    """Groups of like customers of whom some got a coupon and others did not, in the house rules' window.

    It looks at every customer and every coupon of the window: `count_fairness` asks it, and no page.
    """
    rule = house_rule("rewards").fairness
    bounds = Bounds(rule.least_people, rule.low_share, rule.high_share, frozenset(rule.grounds))
    given = _given(rule.window_days)
    return worst_first(findings(_sizes() if given else {}, given, bounds))


def template_names(ids: set[int]) -> dict[int, str]:
    return {row.pk: str(row) for row in Template.objects.filter(pk__in=ids)}


def batch_reasons(ids: set[int]) -> dict[int, list[str]]:
    """Why templates were given to segments, in the words of whoever did."""
    told: dict[int, list[str]] = defaultdict(list)
    for template, reason in Batch.objects.filter(template__in=ids).order_by("pk").values_list("template_id", "reason"):
        told[template].append(reason)
    return told


def _finding(row: FairnessFinding) -> Finding:
    given = Given(row.people, row.coupons, row.off_fen, row.grounds)
    return Finding(row.template_id, Group(row.tier, row.layer, row.store), row.alike, given, tuple(row.unexplained))


def _alike() -> str:
    """Every record of everybody with its person's tier, layer and store."""
    tiers = f"LEFT JOIN ({tiers_sql()}) t ON t.customer_id = l.person_id"
    told = "l.record_id, l.person_id, COALESCE(t.tier, '') AS tier, l.layer, COALESCE(l.store_id, 0) AS store"
    return f"SELECT {told} FROM ({likeness_sql()}) l {tiers}"  # noqa: S608 - our own statements


def _sizes() -> dict[Group, int]:
    statement = f"SELECT tier, layer, store, COUNT(*) FROM ({_alike()}) a WHERE record_id = person_id"  # noqa: S608
    rows = columns.read(f"{statement} GROUP BY tier, layer, store", [])
    return {Group(tier, layer, store): people for tier, layer, store, people in rows}


def _given(days: int) -> dict[tuple[int, Group], Given]:
    since = columns.stamp(clock.now() - timedelta(days=days))
    coupons = f"FROM {columns.table(Coupon)} c JOIN ({_alike()}) a ON a.record_id = c.customer_id"
    where = "WHERE c.issued_at >= %s"
    groups = "c.template_id, a.tier, a.layer, a.store"
    given: dict[tuple[int, Group], Given] = {}
    people = f"SELECT {groups}, COUNT(DISTINCT a.person_id) {coupons} {where} GROUP BY {groups}"
    for pk, tier, layer, store, count in columns.read(people, [since]):
        given[pk, Group(tier, layer, store)] = Given(people=count)
    told = f"SELECT {groups}, c.reason, COUNT(*), SUM(c.off_fen) {coupons} {where} GROUP BY {groups}, c.reason"
    for pk, tier, layer, store, ground, count, fen in columns.read(told, [since]):
        found = given[pk, Group(tier, layer, store)]
        found.coupons += count
        found.off_fen += int(fen)
        found.grounds[ground] = count
    return given
