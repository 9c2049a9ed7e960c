"""Refusals that a person can act on."""


class Refused(Exception):
    """A verb says no, in the user's words (a translatable sentence). Nothing has changed.

    `field` names the input at fault where there is one, so that a form can say it next to the field.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
