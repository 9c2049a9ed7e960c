"""Every column that could say something about a person is declared: personal and how, or nobody's."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from clothier.kernel.personal import declared_empty, holdings

# Django's own lists of what there is: kinds of rows and of permissions.
NOBODYS_TABLES = {"auth.Permission", "auth.Group", "contenttypes.ContentType"}
FREE = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.DateField)
PEOPLE = {"customers.Customer", "staff.Employee", "staff.User"}
POINTS = ("customer_id", "employee_id", "user_id", "actor_id", "author_id", "owner_id", "assignee_id", "_by", "_by_id")


def tables() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model._meta.label not in NOBODYS_TABLES)


def points_at_somebody(field: models.Field) -> bool:
    related = field.related_model._meta.label if field.related_model else ""
    return related in PEOPLE or field.attname.endswith(POINTS)


def is_free(field: models.Field) -> bool:
    """Anybody may be named in it: words, documents, bytes and days; not moments, numbers, choices and codes."""
    told = isinstance(field, FREE) and not isinstance(field, models.DateTimeField | models.SlugField)
    return told and not field.choices and not field.primary_key


def test_every_free_column_is_declared_as_somebodys_or_as_nobodys():
    said = {(holding.model, column) for holding in holdings() for column in holding.columns}
    said |= {(model, column) for model, columns in declared_empty().items() for column in columns}
    whole = {holding.model for holding in holdings() if not holding.columns}
    silent = {
        f"{model._meta.label}.{field.attname}"
        for model in tables()
        for field in model._meta.concrete_fields
        if is_free(field) and model._meta.label not in whole and (model._meta.label, field.attname) not in said
    }
    assert silent == set()


def test_every_row_that_points_at_a_person_is_declared():
    said = {holding.model for holding in holdings()}
    silent = {
        f"{model._meta.label}.{field.attname}"
        for model in tables()
        for field in model._meta.concrete_fields
        if points_at_somebody(field) and model._meta.label not in said
    }
    assert silent == set()


def test_nothing_is_declared_that_is_not_there():
    there = {model._meta.label: {field.attname for field in model._meta.concrete_fields} for model in tables()}
    said = [(holding.model, column) for holding in holdings() for column in holding.columns or ("",)]
    said += [(model, column) for model, columns in declared_empty().items() for column in columns]
    assert [(model, column) for model, column in said if column and column not in there[model]] == []
    assert {model for model, _column in said} <= set(there)


def test_nothing_is_both_somebodys_and_nobodys():
    both = [
        (holding.model, column)
        for holding in holdings()
        for column in holding.columns
        if column in declared_empty().get(holding.model, ())
    ]
    assert both == []


def test_what_the_vault_holds_is_declared_as_sealed():
    sealed = {f"{holding.model}.{column}" for holding in holdings() if holding.sealed for column in holding.columns}
    columns = {
        f"{model._meta.label}.{field.attname}"
        for model in tables()
        for field in model._meta.concrete_fields
        if field.attname in {"sealed", "sealed_name", "sealed_signature"}
    }
    assert sealed == columns
