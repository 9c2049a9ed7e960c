"""Whom a customer buys for."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers import sealing
from clothier.customers.events import WearerAdded, WearerRemoved
from clothier.customers.models import Wearer
from clothier.customers.services.facts import minors_allowed
from clothier.customers.services.people import living
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def add_wearer(*, customer_id: int, relation: str, name: str = "", actor: int | None = None) -> int:
    """The wearer's id. A child's name needs the consent for minors; a child without a name does not."""
    if relation not in Wearer.Relation:
        raise Refused(_("请选择关系。"), field="relation")
    with transaction.atomic():
        customer = living(customer_id)
        name = name.strip()
        if name and relation == Wearer.Relation.CHILD and not minors_allowed(customer):
            raise Refused(_("登记孩子的名字需要监护人另外同意。"), field="name")
        wearer = Wearer.objects.create(
            customer=customer,
            relation=relation,
            sealed_name=sealing.seal(customer, name) if name else "",
            added_at=clock.now(),
        )
        record(
            WearerAdded(wearer_id=wearer.pk, relation=relation),
            subject=Ref("customer", customer_id),
            customer=customer_id,
            actor=actor,
        )
    return wearer.pk


def remove_wearer(*, wearer_id: int, actor: int | None = None) -> None:
    """Forget a wearer with everything noted about them."""
    with transaction.atomic():
        wearer = Wearer.objects.filter(pk=wearer_id).first()
        if wearer is None:
            return
        customer_id = wearer.customer_id
        wearer.delete()
        record(
            WearerRemoved(wearer_id=wearer_id),
            subject=Ref("customer", customer_id),
            customer=customer_id,
            actor=actor,
        )
