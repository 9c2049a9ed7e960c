"""What every house-rules document is made of: bilingual text, and rules that have an owner and a reason."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Percent = Annotated[int, Field(ge=0, le=100)]


class Part(BaseModel):
    """A piece of a document: frozen, and a misspelt field is an error rather than a rule nobody follows."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(Part):
    """Words in Chinese, and in English where they have been written."""

    zh: str = Field(min_length=1)
    en: str = ""

    def __str__(self) -> str:
        return self.zh

    def say(self, language: str) -> str:
        return self.en if language.startswith("en") and self.en else self.zh


class Rule(Part):
    """Anything with an owner who answers for it and a reason why it exists."""

    owner: str = Field(min_length=1)
    reason: Text


class Document(Rule):
    """One section of the house rules: its title, who answers for it, why, and which roles must acknowledge it."""

    title: Text
    acknowledged_by: tuple[str, ...] = ()


def no_twins(keys: Iterable[str]) -> None:
    """Raises ValueError naming the first key that occurs twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{key} is there twice")
        seen.add(key)
