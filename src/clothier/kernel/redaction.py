"""What may not stand in a log: by the name of the field, and by the look of the text."""

import re
from typing import Any

HIDDEN = "…"
_SECRET_FIELD = re.compile(
    r"(^|_)(name|phone|mobile|email|e_mail|address|plate|openid|unionid|password|token|secret|cookie|authorization|key"
    r"|birthday|note|text|body|query|q)($|_)"
)
_LOOKS_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"  # e-mail
    r"|(?<!\d)\d{17}[\dXx](?!\d)"  # resident identity number
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"  # mobile number
    r"|[\u4e00-\u9fff][A-Z][·.\s]?[A-Z0-9]{5,6}(?![A-Z0-9])"  # number plate
    r"|\bck_[A-Za-z0-9]+_[\w-]+"  # an API key
)


def redact(field: str, value: Any) -> Any:
    """The value as it may be logged: numbers pass, named secrets vanish, personal data inside a text is blanked."""
    if field in {"event", "logger", "level", "timestamp"}:
        return scrub(value) if isinstance(value, str) else value
    if value is None or isinstance(value, bool | int | float):
        return value
    if _SECRET_FIELD.search(field.lower()):
        return HIDDEN
    if isinstance(value, dict):
        return {str(key): redact(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [redact(field, inner) for inner in value]
    return scrub(str(value))


def scrub(text: str) -> str:
    return _LOOKS_PERSONAL.sub(HIDDEN, text)
