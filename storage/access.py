"""Who may see what, as SQL conditions: rights are never applied to results afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Integer

from knowledge.domain.documents import Openness
from knowledge.domain.library import DocumentStatus
from knowledge.domain.search import Access, SearchFilters
from storage import tables

ACTIVE = (DocumentStatus.ACTIVE,)


class _Position(FunctionElement[int]):
    """Where a text stands in a column, from 1; exact, unlike LIKE, in letter case and signs."""

    type = Integer()
    inherit_cache = True


@compiles(_Position, "sqlite")
def _instr(element: _Position, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    return f"instr({compiler.process(element.clauses, **kw)})"


@compiles(_Position, "postgresql")
def _strpos(element: _Position, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    return f"strpos({compiler.process(element.clauses, **kw)})"


def visible(
    access: Access,
    statuses: Iterable[DocumentStatus] = ACTIVE,
    *,
    document: FromClause = tables.document,
) -> ColumnElement[bool]:
    """The documents a person may see; only handlers and above see any that are not active.

    Args:
        access: the person's rights.
        statuses: which documents are wanted.
        document: another name under which the statement reads the table.
    """
    card = document.c
    wanted = [status for status in statuses if access.restricted or status in ACTIVE]
    if access.restricted:
        return card.status.in_(wanted)
    allowed = or_(card.openness == Openness.OPEN.value, card.id.in_(sorted(access.documents)))
    return and_(card.status.in_(wanted), allowed)


def matching(filters: SearchFilters) -> ColumnElement[bool]:
    """The documents that filters let pass."""
    card = tables.document.c
    conditions: list[ColumnElement[bool]] = [true()]
    if filters.kinds:
        conditions.append(card.kind.in_(sorted(kind.value for kind in filters.kinds)))
    if filters.unit:
        conditions.append(_Position(card.unit, filters.unit) > 0)
    if filters.place:
        conditions.append(_Position(card.place, filters.place) > 0)
    if filters.year is not None:
        conditions.append(_in_year(filters.year))
    if filters.result_class is not None:
        conditions.append(card.result_class == filters.result_class)
    if filters.openness is not None:
        conditions.append(card.openness == filters.openness.value)
    return and_(*conditions)


def current_passage() -> ColumnElement[bool]:
    """Joins a passage to its document, in the document's current version only."""
    passage, card = tables.passage.c, tables.document.c
    return and_(passage.document_id == card.id, passage.version == card.version)


def _in_year(year: int) -> ColumnElement[bool]:
    if not 1 <= year <= MAXYEAR:
        return false()
    return tables.document.c.date.between(date(year, 1, 1), date(year, 12, 31))
