"""What a person is good at, so that the right colleague is sent for."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused
from clothier.staff.models import Employee
from clothier.staff.services.people import note_change
from clothier.staff.skills import LONGEST, MOST


@transaction.atomic
def set_skills(*, employee: int, seen: Iterable[str], skills: Iterable[str], actor: int | None = None) -> bool:
    """Write somebody's skills anew; false when they are so already. Order does not matter, each counts once.

    Raises Refused on too many or too long ones, on people who left, and when somebody else changed them since `seen`.
    """
    wanted = sorted({skill.strip() for skill in skills} - {""})
    _check(wanted)
    person = Employee.objects.select_for_update().filter(pk=employee, left_on__isnull=True).first()
    if person is None:
        raise Refused(_("这位员工已经离职。"))
    # Held above: whoever comes second sees what the first wrote, and is told instead of wiping it out.
    if sorted(person.skills) == wanted:
        return False
    if sorted(person.skills) != sorted(seen):
        raise Refused(_("另一位同事刚刚改过这些技能。没有保存，请核对后再提交。"))
    person.skills = wanted
    person.save(update_fields=["skills"])
    note_change(employee=person, actor=actor)
    return True


def _check(skills: list[str]) -> None:
    if len(skills) > MOST:
        raise Refused(_("一个人最多 %(n)s 项技能。") % {"n": MOST}, field="others")
    for skill in skills:
        if len(skill) > LONGEST:
            raise Refused(_("“%(skill)s” 太长，每项最多 %(n)s 个字。") % {"skill": skill, "n": LONGEST}, field="others")
