"""Static files as they are served: hashed names, followed through our ES modules, and one stylesheet."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "clothier/css/index.css"
_IMPORT = re.compile(r'@import url\("(?P<name>[\w-]+\.css)"\) layer\((?P<layer>\w+)\);')


class HashedStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    support_js_module_import_aggregation = True
    # Only our own modules: others' files mention imports in comments, and a bundle imports nothing.
    _js_module_import_aggregation_patterns = (
        "clothier/js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def get_modified_time(self, name: str) -> datetime:
        """Older than any file: what was collected once is collected anew, for a release may be older than its copy.

        Asked by collectstatic alone, which would leave the style sheets of the last release standing.
        """
        return datetime.fromtimestamp(0, tz=UTC)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            # Thirty imports would be thirty requests one after another; written as layers they are one file.
            # The list comes from the source: what was collected last time is the joined file, newer than its list.
            whole = _IMPORT.sub(self._layer, Path(str(finders.find(SHEET))).read_text(encoding="utf-8"))
            self.delete(SHEET)
            self._save(SHEET, ContentFile(whole.encode()))
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run, **options)

    def _layer(self, match: re.Match[str]) -> str:
        return f"@layer {match['layer']} {{\n{self._text('clothier/css/' + match['name'])}}}"

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return str(file.read().decode())
