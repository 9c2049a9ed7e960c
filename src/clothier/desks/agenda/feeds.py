"""A calendar's own address: signed, for one sign-in, worthless once that person's password changes or they leave."""

from django.core import signing

from clothier.kernel.access import Viewer
from clothier.staff.selectors import feed_secret, viewer_of_user

_SALT = "clothier.agenda.feed"


def seal(viewer: Viewer) -> str:
    """Names the sign-in and, by a fingerprint, its password of today."""
    return signing.dumps([viewer.user, feed_secret(viewer.user or 0)], salt=_SALT, compress=False)


def opened(text: str) -> Viewer | None:
    """Whose calendar it is; None for a forged address, one from before a new password, and of people who left."""
    try:
        user, fingerprint = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(user, int) or not fingerprint or fingerprint != feed_secret(user):
        return None
    return viewer_of_user(user)
