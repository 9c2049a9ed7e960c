"""The bot's manners, and how it learns. When a person comes in is said in `service`."""

from pydantic import Field

from clothier.standards.rules.documents.base import Document, Part, Text


class Courtesy(Part):
    """A message that is nothing but one of these words is answered with a sentence."""

    signs: tuple[str, ...] = Field(min_length=1)
    say: Text


class Bot(Document):
    """`candidates`: how many articles are offered where the answer is not sure; `neither`: words that refuse them all.

    `clicks_to_learn`: people who must choose the same article for a question before the library learns it. `hello` is
    said to a second greeting (the first is the conversation's), `again` before trying another way.
    """

    candidates: int = Field(ge=1, le=5)
    clicks_to_learn: int = Field(ge=1)
    hello: Courtesy
    thanks: Courtesy
    neither: tuple[str, ...] = ()
    again: Text
