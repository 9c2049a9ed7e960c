"""The API, version 1. Described at /api/v1/openapi.json."""

from clothier import __version__
from clothier.api.described import DescribedAPI
from clothier.api.parser import PlainParser
from clothier.api.problems import handle_all
from clothier.api.v1 import (
    bookings,
    books,
    cases,
    chats,
    coupons,
    customers,
    goods,
    orders,
    payments,
    points,
    promises,
    streams,
    visits,
)
from clothier.api.v1.access import Key

api = DescribedAPI(
    title="Clothier",
    version=__version__,
    description="Arrivals, service, sales and customers of an apparel chain. Errors are application/problem+json.",
    auth=Key(),
    docs_url=None,
    parser=PlainParser(),
    urls_namespace="api-v1",
)
handle_all(api)
for module in (
    visits,
    bookings,
    cases,
    chats,
    customers,
    points,
    coupons,
    orders,
    goods,
    promises,
    payments,
    books,
    streams,
):
    api.add_router("", module.router)
