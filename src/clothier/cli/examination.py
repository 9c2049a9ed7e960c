"""The doctor's questions, each answered with a finding; one that cannot be asked is a finding too."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from clothier.bookings.selectors import booking_differences
from clothier.cases.selectors import case_differences
from clothier.checkout.selectors import order_differences
from clothier.cli.language import _
from clothier.cli.progress import Progress, quiet
from clothier.cli.soundness import examine_file
from clothier.customers.selectors.proof import differences
from clothier.eventlog.selectors import count_due, count_parked, unknown_handlers
from clothier.kernel import clock
from clothier.kernel.stretches import Look, Stretch, every, sample
from clothier.loyalty.selectors import points_differences
from clothier.payments.selectors import payment_differences
from clothier.rewards.selectors import coupon_differences
from clothier.standards.selectors.replay import replay_differences
from clothier.worker.selectors import last_beat

LEAST_FREE = 1024**3
SKEW = 2.0
# How many faults of one kind are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    ok: bool
    detail: str


def examine(*, whole: bool = False, progress: Progress = quiet) -> Iterator[Finding]:
    """Of great tables a sample, other rows every time; every row with `whole`. Memory does not grow with them."""
    yield _settings()
    yield _secrets()
    yield _disk()
    yield from _ask_database(every if whole else sample, progress)


def _ask_database(look: Look, progress: Progress) -> Iterator[Finding]:
    def watched(stage: str) -> Look:
        def looking(top: int) -> Iterator[Stretch]:
            for low, high in look(top):
                progress(stage, low, top)
                yield low, high

        return looking

    questions: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        ("database", _intact),
        ("migrations", _migrations),
        ("clock", _clock),
        ("deliveries", _deliveries),
        ("handlers", _handlers),
        ("workers", _workers),
        ("promises", lambda: _promises(watched(_("承诺")))),
        ("customers", lambda: _customers(watched(_("顾客")))),
        ("orders", lambda: _orders(watched(_("订单")))),
        ("points", lambda: _points(watched(_("积分")))),
        ("coupons", lambda: _coupons(watched(_("优惠券")))),
        ("payments", lambda: _payments(watched(_("收款")))),
        ("bookings", _bookings),
        ("cases", lambda: _cases(watched(_("服务单")))),
    ]
    for name, question in questions:
        try:
            ok, detail = question()
        except DatabaseError as error:
            ok, detail = False, _("无法查询：%(error)s") % {"error": str(error).strip()}
        yield Finding(name, ok, detail)


def _settings() -> Finding:
    found = checks.run_checks(databases=["default"])
    serious = [f"{message.msg} {message.hint or ''}".strip() for message in found if message.is_serious()]
    in_order = _("正常，生产模式") if settings.PRODUCTION else _("正常，非生产模式")
    return Finding("settings", not serious, "; ".join(serious) or in_order)


def _secrets() -> Finding:
    loose = [
        path.name
        for path in (Path(settings.HOME) / "secret-key", Path(settings.HOME) / "vault-key")
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    told = _("别人也能读 %(files)s") % {"files": ", ".join(loose)}
    return Finding("secrets", not loose, told if loose else _("只有自己能读"))


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    told = _("%(folder)s 还有 %(free).1f GB 空间") % {"folder": settings.HOME, "free": free / 1024**3}
    return Finding("disk", free >= LEAST_FREE, told)


def _intact() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = examine_file()
            told = _("SQLite：%(told)s，%(loose)s 处悬空引用") % {"told": "; ".join(found.told), "loose": found.loose}
            if found.sampled:
                told += _("（%(tables)s 张大表只抽查了一部分）") % {"tables": len(found.sampled)}
            return found.told == ["ok"] and not found.loose, told
        cursor.execute("SHOW server_version")
        return True, f"PostgreSQL {cursor.fetchone()[0]}"


def _migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    told = _("还有 %(number)s 项未应用：clothier run 会应用") % {"number": len(left)}
    return not left, told if left else _("已全部应用")


def _clock() -> tuple[bool, str]:
    if connection.vendor == "sqlite":
        return True, _("数据库就在这台机器上")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        ahead = (clock.now() - cursor.fetchone()[0]).total_seconds()
    return abs(ahead) < SKEW, _("与数据库相差 %(seconds)+.3f 秒") % {"seconds": ahead}


def _deliveries() -> tuple[bool, str]:
    parked, late = count_parked(most=10_000), count_due(clock.now(), most=10_000)
    return parked == 0, _("%(parked)s 个搁置，%(late)s 个到期") % {"parked": parked, "late": late}


def _handlers() -> tuple[bool, str]:
    unknown = sorted(unknown_handlers())
    told = _("有投递在等未知的处理程序：%(names)s") % {"names": ", ".join(unknown)}
    return not unknown, told if unknown else _("全部认识")


def _workers() -> tuple[bool, str]:
    seen = last_beat()
    if seen is None:
        return True, _("没有在运行")
    silence = (clock.now() - seen).total_seconds()
    return silence < 60, _("%(seconds).0f 秒前有动静") % {"seconds": silence}


def _promises(look: Look) -> tuple[bool, str]:
    wrong = [f"promise:{each.promise_id} {each.column}" for each in islice(replay_differences(look), NAMED)]
    told = _("与重放不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("所存与重放一致")


def _customers(look: Look) -> tuple[bool, str]:
    wrong = [f"customer:{each.customer_id} {each.column}" for each in islice(differences(look), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("顾客与其关联一致，档案与其合计一致")


def _orders(look: Look) -> tuple[bool, str]:
    wrong = [f"order:{each.order_id} {each.column}" for each in islice(order_differences(look), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("日志、明细、顾客往来与订单一致")


def _points(look: Look) -> tuple[bool, str]:
    wrong = [f"lot:{each.lot_id} {each.column}" for each in islice(points_differences(look), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("每批积分等于其分录之和")


def _coupons(look: Look) -> tuple[bool, str]:
    wrong = [f"{each.kind}:{each.id} {each.column}" for each in islice(coupon_differences(look), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("发出的券都有下落，预算等于减去的钱")


def _bookings() -> tuple[bool, str]:
    wrong = [f"{each.kind}:{each.id} {each.column}" for each in islice(booking_differences(), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("预约没有重复占用，活动名额与报名一致")


def _cases(look: Look) -> tuple[bool, str]:
    wrong = [f"{each.kind}:{each.id} {each.column}" for each in islice(case_differences(look), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("服务单等于其事件之和，补偿只发一次")


def _payments(look: Look) -> tuple[bool, str]:
    wrong = [f"payment:{each.payment_id} {each.column}" for each in islice(payment_differences(look), NAMED)]
    told = _("与来源不一致：%(where)s") % {"where": ", ".join(wrong)}
    return not wrong, told if wrong else _("收款、付款尝试与退款一致，没有重复收款")
