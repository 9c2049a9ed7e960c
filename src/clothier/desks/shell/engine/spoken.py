"""Pages whose sentences are put into the reader's language when they are compiled, not each time they are drawn.

A list of fifty says the same words hundreds of times; as text they join what stands beside them, and cost nothing.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import translation
from jinja2 import Environment, FileSystemBytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


class Spoken(Environment):
    """An environment of one language."""

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.language = language

    def compile(self, source: str | nodes.Template, name: str | None = None, *rest: Any, **more: Any) -> CodeType:  # type: ignore[override]
        page = self.parse(source, name) if isinstance(source, str) else source
        with translation.override(self.language):
            spoken = _Sentences().visit(page)
        compiled: CodeType = super().compile(spoken, name, *rest, **more)
        return compiled


class _Sentences(NodeTransformer):
    """Every sentence that is known in advance becomes text; where it has gaps, text with gaps."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        words = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        asked = _ASKED.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if asked is None or len(words) < len(node.args) or node.dyn_args or node.dyn_kwargs:
            return node
        gaps = [nodes.Pair(nodes.Const(gap.key), gap.value) for gap in node.kwargs]
        # As Jinja's own: a sentence may hold markup, and what fills its gaps is escaped.
        sentence = Markup(asked(*words))  # noqa: S704
        if gaps:
            return nodes.Mod(nodes.Const(sentence), nodes.Dict(gaps), lineno=node.lineno)
        return nodes.Const(sentence % {}, lineno=node.lineno)


_ASKED: dict[str, Callable[..., str]] = {
    "_": translation.gettext,
    "gettext": translation.gettext,
    "pgettext": translation.pgettext,
}


class Kept(FileSystemBytecodeCache):
    """Compiled pages of one language, made anew when a page or a translation has changed.

    A disk that is full costs the keeping, not the page.
    """

    def __init__(self, language: str) -> None:
        folder = settings.HOME / "pages" / language
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))
        told = [f"{path}{path.stat().st_size}{path.stat().st_mtime_ns}" for path in _catalogues(language)]
        self._catalogues = hashlib.sha256("\n".join(told).encode()).hexdigest()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self._catalogues + source)


def _catalogues(language: str) -> Iterator[Path]:
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs()] + settings.LOCALE_PATHS
    for folder in sorted(folders):
        yield from sorted(folder.glob(f"{translation.to_locale(language)}/LC_MESSAGES/*.mo"))
