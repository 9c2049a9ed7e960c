"""Questions composed once. Django's compiler costs half a millisecond a query, ten times what SQLite takes to answer.

    @prepared
    def _scopes(employee: int) -> QuerySet[Scope, tuple[int, int]]:
        return Scope.objects.filter(employee=employee).values_list("store_id", "region_id")

    _scopes(employee=7)   # a list, as the query set would have given

The function is called once for each database engine, with markers in place of its parameters (int, str, datetime, or
list[int] for an IN); afterwards only the values change. So nothing in it may depend on a value: no `if`, no `None`. A
number may also be where the rows end: `rows[:limit]`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from inspect import get_annotations
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
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
        self._written: dict[str, _Written] = {}
        self.__doc__ = compose.__doc__

    def __call__(self, **values: Any) -> list[R]:
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = _Written(self._compose)
        return list(written.answer(values))


class _Written:
    """The SQL of one question on one engine, and where in its parameters which value belongs."""

    def __init__(self, compose: Callable[..., "QuerySet[Any, Any]"]) -> None:
        kinds = {name: kind for name, kind in get_annotations(compose, eval_str=True).items() if name != "return"}
        markers = {name: _marker(kind, place) for place, (name, kind) in enumerate(kinds.items())}
        rows = compose(**{name: [marker] if kinds[name] == list[int] else marker for name, marker in markers.items()})
        compiler = rows.query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        self.parameters = list(given)
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
        self.lists = any(kinds[name] == list[int] for _place, name in self.slots)
        fields = [selected[0] for selected in compiler.select]
        self.converters = compiler.get_converters(fields)
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
        self.flat = kind is FlatValuesListIterable

    def answer(self, values: dict[str, Any]) -> Iterator[Any]:
        parameters = list(self.parameters)
        for place, name in self.slots:
            parameters[place] = _adapt(values[name])
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
        return made


def _spread(sql: str, parameters: list[Any]) -> tuple[str, list[Any]]:
    """As many placeholders for each list as it has values."""
    marks = (", ".join(["%s"] * len(value)) if isinstance(value, list) else "%s" for value in parameters)
    flat = [one for value in parameters for one in (value if isinstance(value, list) else (value,))]
    return sql.replace("%%", "%%%%") % tuple(marks), flat


def _marker(kind: type, place: int) -> Any:
    """A value nobody uses, by which its place among the parameters is found again."""
    if kind is int or kind == list[int]:
        return 2**52 + place
    if kind is datetime:
        return datetime(1, 1, 2, 3, 4, 5, 600 + place, tzinfo=UTC)
    if kind is str:
        return f"\x01{place}\x01"
    raise TypeError(f"{kind} cannot be a parameter of a prepared question")


def _adapt(value: Any) -> Any:
    return stamp(value) if isinstance(value, datetime) else value


def _known(value: Any, adapted: dict[Any, str]) -> bool:
    return isinstance(value, int | str | datetime) and not isinstance(value, bool) and value in adapted
