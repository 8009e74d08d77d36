"""What contradicts itself in the settings about the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.row_subject import About
from gonogo.collectors.table.row_settings import KindOfRows, RowsUnder, RowsWhere
from gonogo.collectors.table.settings import Table
from gonogo.model.placeholder import has_content

Location = tuple[str | int, ...]
Mistake = tuple[Location, str]


def row_mistakes(at: Location, table: Table) -> Iterator[Mistake]:
    """Yield the mistakes in what the settings say about a table's rows."""
    if table.one_row is not None and table.unique:
        yield (*at, "one_row"), "the key says what one row is; leave one of unique and one_row out"
    if table.one_row is not None and not has_content(table.one_row):
        yield (*at, "one_row"), f"{table.one_row!r} does not say what one row is"
    if table.distinct is not None and not has_content(table.distinct):
        yield (*at, "distinct"), f"{table.distinct!r} does not say why keys that look alike are different items"
    if table.filtered is not None and not has_content(table.filtered):
        yield (*at, "filtered"), f"{table.filtered!r} does not say why the filter leaves out nothing that counts"
    headings = {column.header or name for name, column in table.columns.items()}
    for heading, reason in table.not_subject.items():
        known = headings | set(table.columns) | set(table.ignore)
        if heading not in known and table.others == "refused":
            yield (*at, "not_subject", heading), "no column of that name is read or ignored"
        if not has_content(reason):
            yield (*at, "not_subject", heading), f"{reason!r} is not a reason"
    for path, reason in table.other_records.items():
        if not has_content(reason):
            yield (*at, "other_records", path), f"{reason!r} is not a reason"
    for heading, reason in table.not_rival.items():
        if not has_content(reason):
            yield (*at, "not_rival", heading), f"{reason!r} is not a reason"
    for column, rule in table.subject.items():
        here = (*at, "subject", column)
        if column not in table.columns:
            yield here, f"{column} is not a column of this table"
        if rule.kind is About.CYCLE and not rule.counts:
            yield (*here, "counts"), "a cycle needs the values that count: nothing else says which"
        if column in table.not_subject or (
            column in table.columns and table.columns[column].header in table.not_subject
        ):
            yield here, f"{column} is named both as saying what the rows are about and as not saying it"
    for column in needed_anyway(table):
        if column in table.columns and table.columns[column].may_be_absent:
            yield (*at, "columns", column, "may_be_absent"), "the rows are told apart by it, so a file must have it"
    if table.kind is not None:
        yield from _kind((*at, "kind"), table.kind, table)
    for kind, entry in table.rows.items():
        if (kind is NoItem.CONTINUED) is not isinstance(entry, RowsUnder):
            yield (*at, "rows", kind.value), "continued rows, and no others, are told by {under: [HEADING, ...]}"
        elif isinstance(entry, RowsWhere):
            yield from _where((*at, "rows", kind.value), kind, entry, table)
        elif kind is NoItem.PARENT and entry == "left_out":
            yield (*at, "rows", kind.value), "say which column shows the parents: {column: ..., values: [...]}"
        elif kind is NoItem.TEMPLATE and entry == "left_out":
            yield (*at, "rows", kind.value), "say which column shows them: {column: ..., values: [...]}"
        elif kind is not NoItem.GROUP_TITLE and entry == "above_headings":
            yield (*at, "rows", kind.value), "above_headings recognizes group titles only, by the headings below them"
        elif kind is not NoItem.PARENT and entry == "set_in":
            yield (*at, "rows", kind.value), "set_in recognizes parents only, by the rows below them"


def _kind(here: Location, kind: KindOfRows, table: Table) -> Iterator[Mistake]:
    column = table.columns.get(kind.column)
    if column is None:
        yield (*here, "column"), f"{kind.column} is not a column of this table"
    elif column.type not in (ColumnType.ID, ColumnType.TEXT):
        yield (*here, "column"), f"kinds are told by texts and keys, and {kind.column} holds {column.type}"
    elif kind.begins and column.may_be_absent:
        yield (*here, "column"), f"a file may lack {kind.column}, so its rows cannot be told apart by it"
    if bool(kind.begins) == bool(kind.words):
        yield here, "rows of the kind are told by exactly one of begins and words"
    if kind.others and not kind.begins:
        yield (*here, "others"), "others says what keys with another beginning are; say begins too"
    if double := sorted({each.casefold() for each in kind.begins} & {each.casefold() for each in kind.others}):
        yield (*here, "others"), f"{double[0].upper()} is named both as the kind that counts and as another one"
    if not has_content(kind.what):
        yield (*here, "what"), f"{kind.what!r} does not say what a row is"


def needed_anyway(table: Table) -> Iterator[str]:
    """Yield the columns without which nobody can tell what the rows are."""
    yield from (*table.unique, *table.subject, *table.control.totals)
    for rule in table.rows.values():
        if isinstance(rule, RowsWhere):
            yield from (name for name in (rule.column, rule.names_parent) if name is not None)


def _where(here: Location, kind: NoItem, rule: RowsWhere, table: Table) -> Iterator[Mistake]:
    for column in (rule.column, rule.names_parent, *rule.unchanged):
        if column is not None and column not in table.columns:
            yield here, f"{column} is not a column of this table"
    if rule.unchanged and kind is not NoItem.TEMPLATE:
        yield here, "unchanged tells rows of a template from items; leave it out"
    if rule.written_over is not None and not rule.unchanged:
        yield here, "written_over is about rows that unchanged tells; leave it out"
    ways = bool(rule.values) + rule.outline + (rule.names_parent is not None)
    if ways != 1:
        yield here, "such rows are recognized by exactly one of values, outline and names_parent"
    elif not rule.values and kind is not NoItem.PARENT:
        yield here, "outline and names_parent recognize parents only; name the values"
