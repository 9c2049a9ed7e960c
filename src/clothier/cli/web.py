"""A web process: granian in this very process, behind a port that several of them share."""

import asyncio
import signal
import socket

from clothier.cli.language import _
from clothier.cli.problems import Problem

BACKLOG = 1024
# Less than the supervisor's patience with a process that it has told to stop.
ANSWER_WITHIN = 8.0


def check_port_is_free(host: str, port: int) -> None:
    """Raises Problem when somebody listens there. SO_REUSEPORT would let two shops share a door without a word."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                _("端口 %(port)s 已被占用（%(reason)s），请换一个，例如 CLOTHIER_PORT=%(next)s")
                % {"port": port, "reason": error.strerror, "next": port + 1}
            ) from error


def serve(host: str, port: int) -> None:
    """Until SIGTERM: no new requests, those in hand answered, the live feed's listeners sent home."""
    asyncio.run(_serve(host, port))


async def _serve(host: str, port: int) -> None:
    from django.utils.module_loading import import_string
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    hub = import_string("clothier.config.asgi.hub")
    server = Server(
        import_string("clothier.config.asgi.application"),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=BACKLOG,
        log_level=LogLevels.error,
    )

    def stop() -> None:
        hub.close()
        server.stop()  # type: ignore[no-untyped-call]

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    await server.serve()
    await import_string("clothier.config.asgi.bridge").finish(ANSWER_WITHIN)
