"""Reads JSON bodies, of which no text may hold what no database can keep."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from clothier.api.problems import Problem
from clothier.kernel.plain import storable, suspect


class PlainParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises Problem 400 on NUL and broken code points, ValueError on what is not JSON."""
        body: dict[str, Any] = json.loads(request.body)
        if suspect(request.body) and not storable(body):
            raise Problem(400, _("内容里有无法保存的字符（NUL 或残缺的代码点）"))
        return body
