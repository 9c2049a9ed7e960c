"""The one port: the live feed natively, every other address to the pages. Used by `clothier run`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clothier.config.settings")

from django.conf import settings

from clothier.api.live.app import PATHS, Live
from clothier.api.live.hub import Hub
from clothier.config.bridge import Bridge, Receive, Scope, Send
from clothier.config.wsgi import application as pages

hub = Hub()
live = Live(hub)
bridge = Bridge(pages, threads=settings.WEB_THREADS, longest_body=settings.LONGEST_BODY)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await (live if scope["path"] in PATHS else bridge)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1000})


async def _lifespan(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    hub.close()
    await send({"type": "lifespan.shutdown.complete"})
