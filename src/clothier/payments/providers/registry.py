"""Which providers this shop is connected to: those that the settings name; in the demo, their stand-ins."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from clothier.payments.contracts import Listening, Method, Provider
from clothier.payments.providers.alipay.provider import Alipay
from clothier.payments.providers.card.provider import CardTerminal
from clothier.payments.providers.wechat.provider import WeChatPay

# Where the demo's stand-ins write how they are reached.
STANDINS = "standins.json"
BY_METHOD = {
    Method.WECHAT: "wechat",
    Method.ALIPAY: "alipay",
    Method.INSTALMENTS: "alipay",
    Method.CARD: "card",
}
_KINDS: dict[str, Callable[[Mapping[str, Any]], Provider]] = {
    WeChatPay.name: WeChatPay,
    Alipay.name: Alipay,
    CardTerminal.name: CardTerminal,
}


def provider_name(method: Method) -> str:
    """The provider of a method, "" for money that people hand over."""
    return BY_METHOD.get(method, "")


def connected(name: str) -> bool:
    return _settings(name) is not None


def provider_of(name: str) -> Provider:
    """The provider by its name, made once for its settings. Raises KeyError when it is not connected."""
    told = _settings(name)
    if told is None:
        raise KeyError(name)
    return _made(name, json.dumps(told, sort_keys=True))


def listening(name: str) -> Listening:
    """The provider as one that sends notifications. Raises KeyError when it is not connected or sends none."""
    provider = provider_of(name)
    if not hasattr(provider, "hear"):
        raise KeyError(name)
    return cast(Listening, provider)


@cache
def _made(name: str, told: str) -> Provider:
    return _KINDS[name](json.loads(told))


def _settings(name: str) -> Mapping[str, Any] | None:
    told = settings.PAYMENTS.get(name)
    if told is None and settings.DEMO:
        return _stand_in(Path(settings.HOME) / STANDINS).get(name)
    return cast(Mapping[str, Any] | None, told)


def _stand_in(path: Path) -> Mapping[str, Any]:
    """How the demo's stand-ins are reached, which they write when they start: their keys are of that start only."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@cache
def _read(path: Path, _written: int) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], json.loads(path.read_text()))
