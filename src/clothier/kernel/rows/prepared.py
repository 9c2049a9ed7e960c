"""Questions composed once. Django's compiler costs half a millisecond a query, ten times what SQLite takes to answer.

    @prepared
    def _scopes(employee: int) -> QuerySet[Scope, tuple[int, int]]:
        return Scope.objects.filter(employee=employee).values_list("store_id", "region_id")

    _scopes(employee=7)   # a list, as the query set would have given

The function is called once for each database engine, with markers in place of its parameters (int, str, date, datetime,
or a list of int or str for an IN); afterwards only the values change. So nothing in it may depend on a value. It may
depend on whether there is one: it is called anew for other parameters that are None, or true where they are a bool.
A number may also be where the rows end: `rows[:limit]`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from inspect import get_annotations
from types import UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin

from django.db import connection
from django.db.models import DateTimeField, QuerySet
from django.db.models.expressions import Col
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

from clothier.kernel.columns.moments import stamp
from clothier.kernel.replica import reading

R = TypeVar("R")


def prepared(compose: Callable[..., "QuerySet[Any, R]"]) -> "Question[R]":
    """See above. Raises TypeError at the first question when a parameter does not reach the database as it is."""
    return Question(compose)


class Question(Generic[R]):
    def __init__(self, compose: Callable[..., "QuerySet[Any, R]"]) -> None:
        self._compose = compose
        self._written: dict[tuple[str, ...], _Written] = {}
        self.__doc__ = compose.__doc__

    def __call__(self, **values: Any) -> list[R]:
        given = [name for name, value in values.items() if value is not None and value is not False]
        written = self._written.get(key := (connection.vendor, *given))
        if written is None:
            written = self._written[key] = _Written(self._compose, given)
        return list(written.answer(values))


class _Written:
    """The SQL of one question on one engine, and where in its parameters which value belongs."""

    def __init__(self, compose: Callable[..., "QuerySet[Any, Any]"], given: Sequence[str]) -> None:
        declared = {name: _kind(kind) for name, kind in get_annotations(compose, eval_str=True).items()}
        kinds = {name: declared[name] for name in given}
        self.lists = {name for name, kind in kinds.items() if get_origin(kind) is list}
        markers = {name: _marker(kind, place) for place, (name, kind) in enumerate(kinds.items()) if kind is not bool}
        asked = {name: [markers[name]] if name in self.lists else markers.get(name, True) for name in given}
        rows = compose(**{name: asked.get(name) for name in declared if name != "return"})
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        self.parameters: list[Any] = list(parameters)
        for marker in markers.values():
            # Django writes the number of rows into the statement itself.
            if sql.endswith(end := f" LIMIT {marker}"):
                sql = f"{sql.removesuffix(end)} LIMIT %s"
                self.parameters.append(marker)
        self.sql = sql
        adapted = {_adapt(marker): name for name, marker in markers.items()}
        self.slots = [(at, adapted[value]) for at, value in enumerate(self.parameters) if _known(value, adapted)]
        if missing := markers.keys() - {name for _place, name in self.slots}:
            raise TypeError(f"{compose.__name__}: {', '.join(sorted(missing))} does not reach the query as it is")
        fields = [selected[0] for selected in compiler.select]
        needed = compiler.get_converters(fields).items()
        self.converters = {place: found for place, found in needed if not _ready(fields[place])}
        self.convert = compiler.apply_converters
        kind = rows._iterable_class
        self.model = rows.model if kind is ModelIterable else None
        if self.model is not None:
            # What select_related adds stands to the right of the model's own columns.
            self.own = len(compiler.klass_info["select_fields"])
            self.names = [field.target.attname for field in fields[: self.own]]
            # The stubs know a later Django, which takes one argument more.
            found = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]
            self.related = found
            self.annotated = compiler.annotation_col_map or {}
        self.flat = kind is FlatValuesListIterable

    def answer(self, values: dict[str, Any]) -> Iterator[Any]:
        parameters = list(self.parameters)
        for place, name in self.slots:
            parameters[place] = list(values[name]) if name in self.lists else _adapt(values[name])
        sql = self.sql
        if self.lists:
            if [] in parameters:
                return iter(())
            sql, parameters = _spread(sql, parameters)
        with reading().cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        rows = self.convert(found, self.converters) if self.converters else found
        if self.model is not None:
            return map(self._instance, rows)
        return (row[0] for row in rows) if self.flat else map(tuple, rows)

    def _instance(self, row: Sequence[Any]) -> Any:
        made = self.model.from_db(connection.alias, self.names, row[: self.own])  # type: ignore[union-attr]
        for related in self.related:
            related.populate(row, made)
        for name, place in self.annotated.items():
            setattr(made, name, row[place])
        return made


def _spread(sql: str, parameters: list[Any]) -> tuple[str, list[Any]]:
    """As many placeholders for each list as it has values."""
    marks = (", ".join(["%s"] * len(value)) if isinstance(value, list) else "%s" for value in parameters)
    flat = [one for value in parameters for one in (value if isinstance(value, list) else (value,))]
    return sql.replace("%%", "%%%%") % tuple(marks), flat


def _ready(selected: Any) -> bool:
    """SQLite's driver hands over a column's moments as they are; what a function makes of one still comes as text."""
    return connection.vendor == "sqlite" and isinstance(selected, Col) and isinstance(selected.target, DateTimeField)


def _kind(declared: Any) -> Any:
    """What a parameter is when it is there."""
    return next(kind for kind in get_args(declared) if kind) if isinstance(declared, UnionType) else declared


def _marker(kind: Any, place: int) -> Any:
    """A value nobody uses, by which its place among the parameters is found again."""
    if kind in (int, list[int]):
        # Within the smallest column: of a number beyond a column's range Django knows that nothing has it.
        return 30_011 + place
    if kind in (str, list[str]):
        return f"\x01{place}\x01"
    if kind is datetime:
        return datetime(1, 1, 2, 3, 4, 5, 600 + place, tzinfo=UTC)
    if kind is date:
        return date(1, 1, 2 + place)
    raise TypeError(f"{kind} cannot be a parameter of a prepared question")


def _adapt(value: Any) -> Any:
    """As the driver takes it."""
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) and connection.vendor == "sqlite" else value


def _known(value: Any, adapted: dict[Any, str]) -> bool:
    return isinstance(value, int | str | date) and not isinstance(value, bool) and value in adapted
