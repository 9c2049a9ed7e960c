"""Forms look alike everywhere, and a refusal lands next to its field."""

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from clothier.kernel.errors import Refused


class Renderer(TemplatesSetting):
    """Draws {{ form }} and {{ form.name.as_field_group }} with the house's field component."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def refuse(form: BaseForm, refused: Refused) -> None:
    """Put a verb's refusal on the field it names, or on top of the form."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, refused.message)
