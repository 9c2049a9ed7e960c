"""Photos of a case: which there are, and what is on them."""

from clothier.cases.models import Case, CasePhoto
from clothier.conversations.selectors.files import place
from clothier.kernel import vault


def photo_content(case: Case, photo: int) -> tuple[str, bytes] | None:
    """A photo's type and content, for whoever was shown the case; None for another case's, or once it is forgotten."""
    row = CasePhoto.objects.filter(pk=photo, case=case).first()
    if row is None or not case.key:
        return None
    return row.media_type, vault.unseal_bytes(bytes(case.key), place(row.stored).read_bytes())
