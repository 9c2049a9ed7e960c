"""What messages are found by."""

from django.db import models
from django.utils.translation import pgettext_lazy

# Messages of one block: their numbers differ in two bytes only.
BLOCK = 65_536


class Occurrence(models.Model):
    """In which messages of a block a mark stands: `places` are their numbers within the block, ascending, two bytes
    each. `mark` is a keyed hash: without the chain's key it says nothing of any word.
    """

    mark = models.BigIntegerField()
    block = models.IntegerField()
    places = models.BinaryField()

    class Meta:
        verbose_name = pgettext_lazy("conversation", "检索")
        verbose_name_plural = pgettext_lazy("conversation", "检索")
        constraints = [models.UniqueConstraint(fields=["mark", "block"], name="occurrence_once")]

    def __str__(self) -> str:
        return f"{self.block}"
