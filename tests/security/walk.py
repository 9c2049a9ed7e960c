"""Every address of the house, taken from the URL map, and who has business there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from clothier.kernel.access import HEAD_OFFICE, STAFF, Role
from tests.security.world import NOBODY, Values

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
_CHOICE = re.compile(r"\(\?:([^|)]*)[^)]*\)")
# Names in addresses of packages that stand for nothing of ours, or for one's own sign-in alone.
_ANY = {
    "url": "nowhere",
    "day": "2026-11-14",
    "seal": "nobodys",
    "provider": "wechat",
    "app_label": "staff",
    "content_type_id": 1,
    "provider_id": "company",
    "uidb36": "1",
}
_THEIRS = {"key": "no-such-key", "pk": NOBODY, "object_id": NOBODY}

A, G, M, L, O = Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.MALL, Role.OPERATOR  # noqa: E741
HEAD, KEEPERS = HEAD_OFFICE, HEAD_OFFICE | {M}
CLERKS = KEEPERS | {A, G}
# Who has business where, by how the address begins; the longest beginning counts. Written apart from the code on
# purpose: a page that opens for others, or for fewer, has to say so here.
BUSINESS: dict[str, frozenset[Role]] = {
    "design/": STAFF,
    "accounts/": STAFF,
    "floor/": KEEPERS | {A},
    "till/": KEEPERS | {A},
    "board/": KEEPERS | {L},
    "reports/": KEEPERS | {L},
    "studio/": HEAD,
    "imports/": HEAD,
    "finance/": KEEPERS,
    "finance/tills/": KEEPERS | {A},
    "finance/sessions/": KEEPERS | {A},
    **dict.fromkeys(("finance/tills/new", "finance/tills/<int:till>/retirement"), KEEPERS),
    **dict.fromkeys(("finance/statements/", "finance/ledger/"), HEAD),
    **dict.fromkeys((f"finance/differences/<int:difference>/{what}" for what in ("decision", "owner")), HEAD),
    "finance/days/<slug:store>/<str:date>/comparison": HEAD,
    "office/": HEAD,
    "finance/payments/": KEEPERS,
    "finance/risk/": HEAD,
    # Kiosk pages open for a paired screen, whoever stands before it.
    "kiosk/": frozenset(),
    "kiosk/devices/": KEEPERS,
    "membership/": HEAD,
    "membership/members/": CLERKS,
    # A customer's own page opens for the phone that opened a link, whoever else signed in on it.
    "me/": frozenset(),
    # Customers' conversations; who watches over them has the board, and words that are everybody's.
    "inbox/": KEEPERS | {G},
    **dict.fromkeys(("inbox/board/", "inbox/saved/<int:saved>/"), KEEPERS),
    "cases/": CLERKS,
    "cases/report/": KEEPERS,
    # Money and goods change hands at the till.
    **dict.fromkeys((f"cases/<int:case>/{what}/" for what in ("refund", "exchange")), KEEPERS | {A}),
    "agenda/": CLERKS,
    "agenda/feeds/": frozenset(),  # opens for whoever has the address
    **dict.fromkeys(
        (f"agenda/activities/<int:activity>/{what}/" for what in ("edit", "calling-off", "putting-back")), KEEPERS
    ),
    "agenda/at/<slug:store>/activities/new/": KEEPERS,
    "roster/": STAFF,
    "roster/at/": KEEPERS,
    "roster/shifts/": KEEPERS,
    "rules/": STAFF,
    "rules/stores/": KEEPERS,
    "rules/wording/": HEAD,
    "rules/drafts/": HEAD,
    "rules/documents/<slug:key>/edit/": HEAD,
    "rules/documents/<slug:key>/shipped/restoration": HEAD,
    "rules/versions/<int:pk>/restoration": HEAD,
    "rules/promises/<int:pk>/waiver/decision": KEEPERS,
    "customers/": CLERKS,
    **dict.fromkeys(("customers/review/", "customers/links/", "customers/segments/", "customers/tags/"), KEEPERS),
    **dict.fromkeys((f"customers/<int:pk>/{what}" for what in ("export/", "erasure", "merging", "access/")), KEEPERS),
    "customers/erasures/": KEEPERS,
    **dict.fromkeys((f"membership/{what}/" for what in ("coupons", "rewards/items", "blindbox")), HEAD),
    "membership/coupons/fairness.csv": HEAD,
    "membership/rewards/": CLERKS,
    # Agents read the library and point at what is wrong in it; head office writes it.
    "knowledge/": KEEPERS | {G},
    **dict.fromkeys(
        (f"knowledge/{what}/" for what in ("new", "publications", "versions/<int:version>/publication")), HEAD
    ),
    **dict.fromkeys((f"knowledge/<int:article>/{what}/" for what in ("edit", "retirement")), HEAD),
    **dict.fromkeys((f"knowledge/gaps/<int:gap>/{what}/" for what in ("answer", "dismissal", "reopening")), HEAD),
    "knowledge/marks/<int:mark>/settlement/": HEAD,
}
# Open to strangers, each for a reason: watched by machines, needed before sign-in, or only a preference.
PUBLIC = {
    "healthz", "readyz", "metrics", "manifest.webmanifest", "sw.js", "offline/", "api/v1/openapi.json", "api/v1/",
    "preferences/theme/", "preferences/language/",
    # Providers notify here; what they did not sign is refused (tests/payments).
    "payments/notifications/<slug:provider>/",
    # A calendar's own address is signed (tests/desks_agenda).
    "agenda/feeds/<str:seal>.ics",
    # The QR code in a fitting room holds a token that only that room has.
    "kiosk/bell/<str:token>/", "kiosk/bell/<str:token>/state/", "kiosk/bell/<str:token>/cancellation/",
    # The link a colleague shows, the time, and a phone that forgets whose it was.
    "me/open/<str:token>/", "me/clock/", "me/leaving/",
    # The way in by a code sent to the phone: nobody learns whose number is a member's (tests/desks_member).
    "me/sign-in/", "me/sign-in/code/",
    # A customer's own cart and receipt: the token is the key, and opens nothing else.
    "till/receipts/<str:token>/", "till/receipts/<str:token>/invoice/", "till/self/<str:token>/",
    *(f"till/self/carts/<str:token>/{what}" for what in (
        "", "lines/", "lines/<int:line>/quantity/", "member/", "payment/", "inquiry/",
    )),
    # A customer's chat: the secret is the key of one conversation (tests/desks_chat).
    "chat/", "chat/frame/", "chat/widget.js", "chat/<str:secret>/", "chat/<str:secret>/files/<int:file>/",
    *(f"chat/<str:secret>/{what}/" for what in ("messages", "typing", "rating")),
    # A service card: the token is the key of one matter, and dies with its days (tests/desks_member).
    "card/<str:token>/",
    *(f"card/<str:token>/{what}/" for what in ("words", "photos", "confirmation", "reopening", "rating")),
    "card/<str:token>/photos/<int:photo>/",
    # Odds, hash and draws of a blind box, so that anybody can check it.
    "membership/blindbox/<slug:code>/", "membership/blindbox/<slug:code>/draws.csv",
    # The front door, and what it says when it stays shut.
    "accounts/login/", "accounts/2fa/webauthn/login/", "accounts/inactive/", "accounts/logout/",
    *(f"accounts/{way}/login/{end}/" for way in ("social", "3rdparty") for end in ("cancelled", "error")),
    "accounts/wecom/login/", "accounts/wecom/login/callback/",
    # Old addresses of the two above that lead on to them, and signing out of the back office, which leads to its door.
    "accounts/social/connections/", "accounts/social/signup/", "office/logout/",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    route: str

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.route)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    def business(self) -> frozenset[Role]:
        """Who may come here. The first page of all is everybody's of the staff, who are led on to their desks."""
        fitting = [begins for begins in BUSINESS if self.route.startswith(begins)]
        return BUSINESS[max(fitting, key=len)] if fitting else STAFF if self.route == "" else frozenset()

    def filled(self, values: dict[str, Any]) -> str:
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.route)


def addresses() -> list[Address]:
    return sorted({Address(route) for route in _routes(get_resolver().url_patterns)}, key=lambda a: a.route)


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + _written(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def _written(pattern: str) -> str:
    """A regular expression as an address: its groups as parameters, of alternatives the first."""
    return _CHOICE.sub(r"\1", _GROUP.sub(r"<\1>", pattern)).removeprefix("^").removesuffix("$")


def values_for(address: Address, known: Values) -> dict[str, Any]:
    """Raises KeyError for a parameter nobody has said how to fill."""
    return {
        name: _office(address.route) if address.route.startswith("office/") and name in {"object_id", "id"} else
        _known(address.route.partition(f"{name}>")[0].rpartition("<")[0], name, known)
        for name in address.parameters
    }  # fmt: skip


def _known(before: str, name: str, known: Values) -> Any:
    fitting = [begins for begins, what in known if what == name and before.startswith(begins)]
    if fitting:
        return known[max(fitting, key=len), name]
    return (_ANY | _THEIRS if before.startswith(("accounts/", "office/")) else _ANY)[name]


def _office(route: str) -> int:
    """The back office shows rows of models: any row will do."""
    app, model = route.split("/")[1:3]
    found = apps.get_model(app, model)._default_manager.first() if app != "r" else None
    return found.pk if found else NOBODY


def of_another_store(address: Address, own: Values, foreign: Values) -> list[str]:
    """The address with each of its parameters in turn naming the other store's thing, where it is a store's own."""
    mine, others = values_for(address, own), values_for(address, foreign)
    return [address.filled({**mine, name: others[name]}) for name in address.parameters if mine[name] != others[name]]
