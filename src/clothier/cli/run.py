"""`clothier run`: the shop opens."""

import os
import signal
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Annotated

import typer

from clothier.cli import demo as demos
from clothier.cli import ready
from clothier.cli.language import _, said
from clothier.cli.problems import Problem
from clothier.cli.supervisor import Child, Supervisor
from clothier.cli.web import check_port_is_free, serve

ANY_CARD = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
OPENS_WITHIN = 30.0


def run(
    demo: Annotated[bool, typer.Option(help=_("给空店填入示例连锁，让它活起来。"))] = False,
    port: Annotated[int | None, typer.Option(help=_("页面的端口；CLOTHIER_PORT，否则 8000。"))] = None,
    host: Annotated[str, typer.Option(help=_("监听的地址。"), envvar="CLOTHIER_LISTEN")] = "127.0.0.1",
    web: Annotated[
        int | None,
        typer.Option(
            help=_("网页进程数；CLOTHIER_WEB_PROCESSES，否则 SQLite 上 1 个，PostgreSQL 上每核 1 个、最多 4 个。"),
            min=0,
        ),
    ] = None,
    customers: Annotated[int, demos.CUSTOMERS] = demos.DEFAULT,
    life: Annotated[bool, typer.Option(help=_("让模拟顾客在示例店里进进出出。"))] = True,
    workers: Annotated[int, typer.Option(help=_("后台进程数。"), min=0, envvar="CLOTHIER_WORKERS")] = 1,
) -> None:
    """Open the shop: pages, live feed and background work, until Ctrl-C."""
    began = time.monotonic()
    if demo:
        os.environ["CLOTHIER_DEMO"] = "1"
    if web is not None:
        os.environ["CLOTHIER_WEB_PROCESSES"] = str(web)
    ready.set_up()
    from django.conf import settings
    from django.db import connections

    port = port or settings.PORT
    web = settings.WEB_PROCESSES if web is None else web
    if web:
        check_port_is_free(host, port)
    ready.migrate()
    _refuse_unsafe()
    if web:
        ready.collect_static()
    accounts = _demo(customers) if settings.DEMO else ""
    children = [Child(f"web-{n}", lambda: serve(host, port)) for n in range(1, web + 1)]
    children += [Child(f"worker-{n}", work) for n in range(1, workers + 1)]
    if not children:
        raise Problem(_("没有可运行的：--web 和 --workers 都是 0"))
    if accounts and not settings.PAYMENTS:
        children.append(Child("standins", lambda: stand_in(port)))
    if accounts and life:
        children.append(Child("simulation", live))
    # A connection shared across a fork would mix up two conversations with the database.
    connections.close_all()
    ready.hold_still()
    Supervisor(children).run(_Opening(host, port, began, accounts) if web else lambda: True)


def _refuse_unsafe() -> None:
    """Production mode starts with real secrets, without a demo, or not at all."""
    from django.core import checks

    found = checks.run_checks(tags=["clothier"], databases=["default"])
    if found:
        reasons = "\n".join(f"  {message.msg} {message.hint}" for message in found)
        raise Problem(_("生产模式不能这样启动：") + f"\n{reasons}")


def work() -> None:
    """A worker process's life."""
    from clothier.worker.services import work as do_chores

    do_chores(_told_to_stop())


def stand_in(port: int) -> None:
    """The demo's payment providers, small and on this machine."""
    from clothier.payments.services import stand_in as stand_in_for_providers

    stand_in_for_providers(_told_to_stop(), notify=f"http://127.0.0.1:{port}/payments/notifications")


def live() -> None:
    """The demo's visitors come and go."""
    from clothier.simulation import live

    live.run(_told_to_stop())


def _told_to_stop() -> threading.Event:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    return stop


def _demo(customers: int) -> str:
    """The demo's accounts; empty when the shop is a real one, which the demo leaves alone."""
    from clothier.kernel.errors import Refused

    try:
        demos.fill(customers)
    except Refused as refusal:
        typer.secho(said(str(refusal)), fg="yellow", err=True)
    return demos.accounts()


@dataclass
class _Opening:
    """Asked now and then whether the pages answer: tells the person, and that it has told."""

    host: str
    port: int
    began: float
    accounts: str
    deadline: float = field(default_factory=lambda: time.monotonic() + OPENS_WITHIN)

    def __call__(self) -> bool:
        if self._answers():
            self._announce()
            return True
        if time.monotonic() < self.deadline:
            return False
        typer.secho(_("页面还没有应答，原因见上面的日志。"), fg="red", err=True)
        return True

    def _announce(self) -> None:
        shown = "localhost" if self.host in {"127.0.0.1", *ANY_CARD} else self.host
        typer.secho(
            "\n" + _("Clothier 衣诺已开门：%(address)s") % {"address": f"http://{shown}:{self.port}/"}, bold=True
        )
        told = _("用时 %(seconds).1f 秒。按 Ctrl-C 关门。") % {"seconds": time.monotonic() - self.began}
        typer.echo(f"{told}\n")
        if self.accounts:
            typer.echo(f"{self.accounts}\n")

    def _answers(self) -> bool:
        host = "127.0.0.1" if self.host in ANY_CARD else self.host
        try:
            with urllib.request.urlopen(f"http://{host}:{self.port}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
