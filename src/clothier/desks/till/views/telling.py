"""What a short form said, or why it cannot be taken."""

from typing import Any

from django import forms

from clothier.kernel.errors import Refused


def filled(form: forms.Form) -> dict[str, Any]:
    """The form's values. Raises Refused with its first fault, which the page says where the person stands."""
    if not form.is_valid():
        field, faults = next(iter(form.errors.items()))
        raise Refused(str(faults[0]), field=field)
    return form.cleaned_data
