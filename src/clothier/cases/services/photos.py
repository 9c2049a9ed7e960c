"""Photos on a case: pictures only, looked at by their content, sealed with the case's key."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import LIVING
from clothier.cases.events import CasePhotoAdded
from clothier.cases.models import CaseLine, CasePhoto
from clothier.cases.services.rows import held, tell
from clothier.conversations.contracts import NewFile
from clothier.conversations.services.files import inspected, written
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused

MOST = 30


def _photo(entry: Happening) -> CasePhoto:
    return CasePhoto.objects.get(pk=entry.payload["photo_id"])


@once(_photo, CasePhotoAdded)
@transaction.atomic
def add_photo(
    *, case: int, file: NewFile, actor: int | None, line: int | None = None, key: str | None = None
) -> CasePhoto:
    """Keep a photo with a case, or with goods on it. `actor` None: the customer took it.

    Refused for anything that is no picture, and beyond thirty.
    """
    row = held(case, LIVING)
    looked = inspected(file)
    if not looked.media_type.startswith("image/"):
        raise Refused(_("只能添加照片"), field="photo")
    if row.photos.count() >= MOST or row.key is None:
        raise Refused(_("一张服务单最多 %(most)s 张照片") % {"most": MOST}, field="photo")
    if line is not None and not CaseLine.objects.filter(pk=line, case=row).exists():
        raise Refused(_("这件商品不在这张服务单上"), field="line")
    # The file first, its row after it: what a crash leaves over is a sealed file that nobody knows.
    made = CasePhoto.objects.create(
        case=row, line_id=line, media_type=looked.media_type, size=len(file.content), by_customer=actor is None,
        stored=written(bytes(row.key), file.content), at=clock.now(), actor_id=actor,
    )  # fmt: skip
    tell(row, CasePhotoAdded(photo_id=made.pk, by_customer=actor is None), actor=actor, key=key)
    return made
