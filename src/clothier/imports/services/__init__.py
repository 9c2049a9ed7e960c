"""The verbs of importing, by the names other packages call them."""

from clothier.imports.services.drafts import confirm, digest, receive, register_file
from clothier.imports.services.pruning import prune_files
from clothier.imports.services.queue import next_waiting, request, stop
from clothier.imports.services.runs import run, work_once
from clothier.imports.services.undoing import request_undo, undo

__all__ = [
    "confirm",
    "digest",
    "next_waiting",
    "prune_files",
    "receive",
    "register_file",
    "request",
    "request_undo",
    "run",
    "stop",
    "undo",
    "work_once",
]
