"""The verbs of importing, by the names other packages call them."""

from clothier.imports.services.drafts import confirm, receive, register_file
from clothier.imports.services.queue import request, stop
from clothier.imports.services.runs import run, work_once

__all__ = ["confirm", "receive", "register_file", "request", "run", "stop", "work_once"]
