"""What production mode refuses to start with. `clothier run` and `django check` say it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SHORTEST_SECRET = 32
TAG = "clothier"


@register(TAG)
def production(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Settings that are fine for one machine and a look around, and wrong where customers' data is real."""
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(
            Error("DEBUG is on.", hint="It shows strangers our insides; nothing needs it.", id="clothier.E001")
        )
    if not settings.SECRETS_FROM_ENVIRONMENT:
        hint = "Set CLOTHIER_SECRET_KEY and CLOTHIER_VAULT_KEY, and keep a copy of the second apart from backups."
        found.append(Error("The secrets were generated, not given.", hint=hint, id="clothier.E002"))
    elif min(len(settings.SECRET_KEY), len(settings.VAULT_KEY)) < SHORTEST_SECRET:
        hint = f"Use at least {SHORTEST_SECRET} random characters: head -c 48 /dev/urandom | base64"
        found.append(Error("A secret is too short.", hint=hint, id="clothier.E003"))
    elif settings.SECRET_KEY == settings.VAULT_KEY:
        hint = "Whoever learns one should not have the other."
        found.append(Error("The two secrets are the same.", hint=hint, id="clothier.E004"))
    if settings.WEB_PROCESSES > 1 and "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        hint = "Set DATABASE_URL to a PostgreSQL database, or CLOTHIER_WEB_PROCESSES=1."
        found.append(Error("SQLite serves one web process only.", hint=hint, id="clothier.E005"))
    return found


@register(TAG, "database")
def demo(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Asked only where a database is at hand: `clothier run`, `clothier doctor`, `django check --database default`."""
    from clothier.simulation.selectors import begun

    if not settings.PRODUCTION or "default" not in (databases or ()) or not begun():
        return []
    hint = "Start on an empty database; what the demo filled stays for looking at."
    return [Error("The database holds the demo chain and its accounts.", hint=hint, id="clothier.E006")]
