from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from clothier.cli.main import app


@pytest.fixture
def clothier() -> Callable[..., Result]:
    """Call the command in this process; what it refuses is in `.exception`."""

    def call(*words: Any) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return call
