"""Where the next page of the list begins."""

from datetime import UTC, datetime

from clothier.kernel.refs import number
from clothier.knowledge.selectors import Article


def cursor_of(article: Article) -> str:
    return f"{round(article.touched_at.timestamp() * 1_000_000)}-{article.pk}"


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """None for anything that is no cursor: the list begins at its beginning."""
    micros, _dash, pk = text.partition("-")
    touched, row = number(micros), number(pk)
    if touched is None or row is None or touched > 4 * 10**15:
        return None
    return datetime.fromtimestamp(touched // 1_000_000, UTC).replace(microsecond=touched % 1_000_000), row
