"""What follows from elsewhere: records that join or part, and house rules that change."""

from datetime import datetime

from clothier.customers.events import CustomerErased, LinkRevoked, RecordsLinked
from clothier.eventlog.contracts import Happening, deferred
from clothier.loyalty.events import MemberCodeAsked
from clothier.loyalty.services import leave, regroup, renew_card, review_everybody, send_code
from clothier.standards.events import RulesPublished


@deferred("loyalty.regroup", RecordsLinked.type, LinkRevoked.type)
def tiers_of_joined_records(entry: Happening) -> None:
    """Idempotent: looks at who belongs together by now."""
    regroup(records=[entry.payload["a_id"], entry.payload["b_id"]])


@deferred("loyalty.rules", RulesPublished.type)
def tiers_by_new_rules(entry: Happening) -> None:
    """Idempotent: everybody becomes due once more, and the review finds who has moved."""
    if entry.payload["document"] == "loyalty":
        review_everybody(at=datetime.fromisoformat(entry.payload["effective_at"]))


@deferred("loyalty.send_code", MemberCodeAsked.type)
def send_door_code(entry: Happening) -> None:
    """After the commit; while the gateway says no it is tried again, as long as the code is worth anything."""
    send_code(code=entry.payload["code_id"])


@deferred("loyalty.erased", CustomerErased.type)
def lock_the_page(entry: Happening) -> None:
    """Whoever was erased has no page any more, nor a code, nor a family. Made anew twice is as good as once."""
    for record in entry.payload["record_ids"]:
        renew_card(customer=record)
        leave(customer=record)
