"""The chain's vocabulary of tags: new words, new wordings, words put out of use and back."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import ValidationError

from clothier.customers.events import TagRestored, TagRetired, TagSaved
from clothier.customers.models import Tag
from clothier.customers.rules.conditions import TooDeep, mentions, parse
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

LONGEST_SLUG = 40


def create_tag(
    *,
    name: str,
    slug: str = "",
    rule: object = None,
    days: int | None = None,
    name_en: str = "",
    actor: int | None = None,
) -> int:
    """A new word; its id. With a `rule` (a condition tree) it puts itself on and takes itself off.

    `days` is how long it stays on somebody; without a `slug` one is made of the name. Refused on a name in use and on
    a bad condition.
    """
    checked = _checked(rule) if rule is not None else None
    named = _named(name)
    with transaction.atomic():
        try:
            with transaction.atomic():
                tag = Tag.objects.create(
                    slug=slug or _slug(named), name=named, name_en=name_en.strip()[:40], days=days, rule=checked
                )
        except IntegrityError:
            raise Refused(_("已有同名标签。"), field="name") from None
        _saved(tag, actor)
    return tag.pk


def edit_tag(
    *,
    tag_id: int,
    name: str,
    rule: object = None,
    days: int | None = None,
    name_en: str = "",
    actor: int | None = None,
) -> None:
    """Word a tag anew. One put on by hand stays so, and one with a rule keeps having one. Refused as in create_tag.

    A new number of days holds for whoever gets the tag from now on.
    """
    with transaction.atomic():
        tag = Tag.objects.select_for_update().get(pk=tag_id)
        if tag.rule is not None and rule is not None:
            tag.rule = _checked(rule, of=tag_id)
        tag.name, tag.name_en, tag.days = _named(name), name_en.strip()[:40], days
        try:
            with transaction.atomic():
                tag.save(update_fields=["name", "name_en", "days", "rule"])
        except IntegrityError:
            raise Refused(_("已有同名标签。"), field="name") from None
        _saved(tag, actor)


def retire_tag(*, tag_id: int, actor: int | None = None) -> None:
    """Put a tag out of use: nobody gets it, no page shows it. Who has it keeps it, so `restore_tag` brings all back."""
    with transaction.atomic():
        if Tag.objects.filter(pk=tag_id, retired_at=None).update(retired_at=clock.now()):
            record(TagRetired(tag_id=tag_id), subject=Ref("tag", tag_id), actor=actor)


def restore_tag(*, tag_id: int, actor: int | None = None) -> None:
    with transaction.atomic():
        if Tag.objects.filter(pk=tag_id, retired_at__isnull=False).update(retired_at=None):
            by_rule = Tag.objects.filter(pk=tag_id, rule__isnull=False).exists()
            record(TagRestored(tag_id=tag_id, rule=by_rule), subject=Ref("tag", tag_id), actor=actor)


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("请给标签起个名字。"), field="name")
    return name.strip()[:20]


def _checked(rule: object, *, of: int | None = None) -> dict[str, object]:
    try:
        condition = parse(rule)
    except (ValidationError, TooDeep):
        raise Refused(_("条件不完整或嵌套太深，请检查每一行。"), field="condition") from None
    if of is not None and of in mentions(condition):
        raise Refused(_("标签的规则不能以它自己为条件。"), field="condition")
    tree: dict[str, object] = condition.model_dump(mode="json")
    return tree


def _slug(name: str) -> str:
    """The name as it is read, numbered where another tag is read the same."""
    # As for names: the dictionary takes half a second to load.
    from pypinyin import lazy_pinyin

    read = slugify(" ".join(lazy_pinyin(name)))[: LONGEST_SLUG - 4] or "tag"
    taken = set(Tag.objects.filter(slug__startswith=read).values_list("slug", flat=True))
    return next(slug for n in range(len(taken) + 1) if (slug := f"{read}-{n + 1}" if n else read) not in taken)


def _saved(tag: Tag, actor: int | None) -> None:
    record(TagSaved(tag_id=tag.pk, rule=tag.rule is not None), subject=Ref("tag", tag.pk), actor=actor)
