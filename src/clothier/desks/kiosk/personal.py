"""Screens, and who paired them."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import EMPLOYEE, EMPLOYMENT, KEEPERS, WHILE_EMPLOYED, holds, nobodys

holds(
    "kiosk.Device",
    "name",
    what=_("谁给哪块自助屏配了对"),
    whose=EMPLOYEE,
    why=_("知道屏幕归谁管"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=KEEPERS,
)
nobodys("kiosk.Device", "token_hash")
