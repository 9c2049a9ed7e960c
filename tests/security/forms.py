"""Every form of a page, as a browser would send it, with something else written into its fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRITTEN = {"text", "search", "tel", "email", "url", "number", "hidden", "date", "datetime-local", "time", ""}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.select = page, [], ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(given.get("action") or self.page, given.get("method", "get").lower()))
        if not self.forms:
            return
        form, name = self.forms[-1], given.get("name", "")
        if tag == "option" and self.select and ("selected" in given or not form.fields.get(self.select)):
            form.fields[self.select] = given.get("value", "")
        self.select = name if tag == "select" else self.select
        if tag not in {"input", "textarea", "button"} or not name or name == "csrfmiddlewaretoken":
            return
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in {"checkbox", "radio"} and "checked" not in given and name in form.fields:
            return
        form.fields.setdefault(name, given.get("value", ""))
        if kind in WRITTEN or kind == "textarea":
            form.free.add(name)


def forms(html: str, page: str) -> list[Form]:
    reader = _Reader(page)
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post"]
