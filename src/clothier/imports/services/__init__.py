"""The verbs of importing, by the names other packages call them."""

from clothier.imports.services.drafts import confirm, digest, receive, register_file
from clothier.imports.services.queue import next_waiting, request, stop
from clothier.imports.services.runs import run, work_once

__all__ = ["confirm", "digest", "next_waiting", "receive", "register_file", "request", "run", "stop", "work_once"]
