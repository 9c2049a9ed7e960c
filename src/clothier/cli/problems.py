"""What goes wrong, said in a sentence; a traceback only for what is our own fault."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from clothier.cli.language import _, said


class Problem(Exception):
    """Something the person at the keyboard can put right. The message says what and how."""


@contextmanager
def told() -> Iterator[None]:
    """Turns problems into a line on stderr and exit code 1."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has gone (`clothier … | head`); nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        typer.secho(f"clothier: {sentence}", fg="red", err=True)
        sys.exit(1)


def _sentence(error: Exception) -> str | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from clothier.kernel.errors import Refused

    if isinstance(error, Problem):
        return str(error)
    if isinstance(error, Refused):
        return said(error.message)
    if isinstance(error, ImproperlyConfigured):
        return _("设置互相矛盾：%(error)s") % {"error": error}
    if isinstance(error, OperationalError):
        return _("数据库的应答不正常：%(error)s") % {"error": str(error).strip()}
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return f"{error.filename}: {error.strerror}"
    return None
