"""The description of the API: what every address may answer besides what it was written for."""

from typing import Any

from ninja import NinjaAPI

_TEXT = {"type": "string"}
PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457. `detail` is a sentence for a person; `errors` names fields at fault, if there are any.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": _TEXT, "message": _TEXT},
            },
        },
    },
}


class DescribedAPI(NinjaAPI):
    """Adds the problem document to what every operation may answer."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        answer = {
            "description": "It cannot be done; the document says why.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["4XX"] = answer
        return schema
