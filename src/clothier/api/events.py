"""What happens to the machines' doors: keys that open ours, addresses we post to."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class ApiKeyCreated(Event):
    """A machine may call from now on. Subject: api_key. `stores` empty means the whole chain."""

    type: ClassVar[str] = "api_key.created"
    scopes: list[str]
    stores: list[int] = []


class ApiKeyRevoked(Event):
    """A key opens nothing any more."""

    type: ClassVar[str] = "api_key.revoked"


class WebhookSubscribed(Event):
    """Events of these types are posted to an address from now on. Subject: webhook. `stores` empty means all."""

    type: ClassVar[str] = "webhook.subscribed"
    types: list[str]
    stores: list[int] = []


class WebhookChanged(Event):
    """The address, the types or the stores of a subscription are others now; these hold."""

    type: ClassVar[str] = "webhook.changed"
    types: list[str]
    stores: list[int] = []


class WebhookPaused(Event):
    """What is owed to an address waits."""

    type: ClassVar[str] = "webhook.paused"


class WebhookResumed(Event):
    """What waited for an address is posted, in order."""

    type: ClassVar[str] = "webhook.resumed"


class WebhookSecretRotated(Event):
    """A new secret signs; the one before signs beside it for a day."""

    type: ClassVar[str] = "webhook.secret_rotated"


class WebhookRemoved(Event):
    """Nothing is posted to an address any more."""

    type: ClassVar[str] = "webhook.removed"


class WebhookTested(Event):
    """Somebody asked for one posting to see whether the other side takes it."""

    type: ClassVar[str] = "webhook.tested"


class PostingsRetried(Event):
    """Postings that were given up are tried afresh. Subject: webhook."""

    type: ClassVar[str] = "webhook.postings_retried"
    postings: int


class PostingsLetGo(Event):
    """Somebody decided that these postings need not arrive any more. Subject: webhook."""

    type: ClassVar[str] = "webhook.postings_let_go"
    postings: int
