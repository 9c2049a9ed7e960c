"""Every read of a profile leaves a line: who, in which role, what, why."""

from clothier.customers.models import AccessRecord
from clothier.kernel import clock
from clothier.kernel.access import Viewer


def note_read(viewer: Viewer, customer_id: int | None, *, what: str, purpose: str) -> None:
    """`customer_id` is None for a list that left the house; its size belongs into the purpose then."""
    AccessRecord.objects.create(
        customer_id=customer_id,
        user_id=viewer.user,
        employee_id=viewer.employee,
        role=viewer.role,
        what=what,
        purpose=purpose[:80],
        at=clock.now(),
    )
