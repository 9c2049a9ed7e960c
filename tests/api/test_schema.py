"""The API keeps what its description says, whatever it is sent: no 5xx, no answer that is not described."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from pydantic import TypeAdapter
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.api.v1.app import api
from clothier.api.v1.lines import Line
from clothier.catalog.models import Sku
from clothier.catalog.services import upsert_style
from clothier.config.wsgi import application
from clothier.customers.services import register
from clothier.visits import services as visits
from tests.cast import Cast
from tests.catalog.conftest import COAT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NDJSON = "application/x-ndjson"


@schemathesis.serializer(NDJSON)
def as_lines(_context: Any, value: Any) -> bytes:
    return "\n".join(json.dumps(line) for line in (value if isinstance(value, list) else [value])).encode()


def description() -> dict[str, Any]:
    """The API's own, which calls a stream of events a text; here a list of lines, to be made up as well."""
    told = api.get_openapi_schema()
    line = TypeAdapter(Line).json_schema(ref_template="#/components/schemas/{model}")
    told["components"]["schemas"] |= line.pop("$defs")
    stream = told["paths"]["/api/v1/events"]["post"]["requestBody"]["content"][NDJSON]
    stream["schema"] = {"type": "array", "items": line, "maxItems": 20}
    return told


schema = schemathesis.openapi.from_dict(description())
schema.app = application
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Between requests the product looks after its connections; here all of them belong to the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(cast: Cast) -> dict[str, Any]:
    """What there is to talk about, by the name of the field."""
    upsert_style(style=COAT)
    customer = register(name="林梅", store=cast.store.pk)
    visit = visits.arrive(store=cast.store.pk, customer=customer)
    sku = Sku.objects.order_by("id")[0].code
    ids = {"customer": customer, "visit": visit.pk}
    return {"store": "sh-nanjing", "zone": "coats", "code": "K2071", "sku": sku, "currency": "CNY", **ids}


# Whoever asks: head office's machine, a till of one store, and a machine that may do one thing only.
KEYS = {
    "chain": lambda _store: {"scopes": list(Scope), "stores": None},
    "store": lambda store: {"scopes": list(Scope), "stores": [store]},
    "little": lambda store: {"scopes": [Scope.PROMISES_READ], "stores": [store]},
}


@pytest.mark.parametrize("reach", KEYS)
@schema.parametrize()
@settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_is_answered_as_described(case, known, cast, reach):
    key = create_key(name="till", **KEYS[reach](cast.store.pk))
    for place in (case.path_parameters, case.query, case.body):
        _make_known(place, known)
    answer = case.call(headers={"Authorization": f"Bearer {key}"})
    case.validate_response(answer, checks=CHECKS)
    described = case.operation.definition.raw["responses"]
    assert str(answer.status_code) in described or f"{answer.status_code // 100}XX" in described
    assert answer.status_code < 500


def _make_known(place: Any, known: dict[str, Any]) -> None:
    """Every other made-up value becomes one that exists, so that the deeper half of the code is reached as well."""
    if isinstance(place, list):
        for inner in place:
            _make_known(inner, {**known, "code": known["sku"]})
    elif isinstance(place, dict):
        for name, value in place.items():
            if name in known and len(repr(value)) % 2:
                place[name] = known[name]
            _make_known(place[name], known)
