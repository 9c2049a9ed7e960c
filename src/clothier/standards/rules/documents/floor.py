"""The floor itself: display, and the scenes that change a day."""

from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Rule, Text, no_twins


class Focal(Part):
    key: Key
    name: Text


class Level(Part):
    key: Key
    name: Text
    from_cm: int = Field(ge=0)
    to_cm: int = Field(ge=1)
    goods: Text


class Display(Document):
    """What a fixture must show, which places carry the strongest pieces, and the order from eye to floor."""

    metres: int = Field(ge=1)
    groups: int = Field(ge=1)
    ways: tuple[Text, ...]
    focal_points: tuple[Focal, ...]
    levels: tuple[Level, ...]
    guide_line: Text


class When(Part):
    """What calls a scene: weather, a temperature in °C, a holiday or an event in the store's diary."""

    weather: tuple[Literal["rain", "snow", "wind"], ...] = ()
    hot_from: int | None = None
    cold_to: int | None = None
    holiday: bool = False
    event: bool = False


class Preparation(Part):
    key: Key
    name: Text
    post: str
    minutes_before: int = Field(ge=0)


class Scene(Rule):
    key: Key
    name: Text
    when: When
    tasks: tuple[Preparation, ...] = Field(min_length=1)
    talk: Text
    categories: tuple[str, ...] = ()


class Scenes(Document):
    scenes: tuple[Scene, ...]

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(scene.key for scene in self.scenes)
        no_twins(task.key for scene in self.scenes for task in scene.tasks)
        return self
