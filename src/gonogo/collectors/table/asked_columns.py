"""Columns that may be absent and that nothing asks for: they are not read, so a strange cell in one stops nothing."""

from __future__ import annotations

from gonogo.collectors.table.headings_found import names_of
from gonogo.collectors.table.row_checks import needed_anyway
from gonogo.collectors.table.row_settings import RowsWhere
from gonogo.collectors.table.settings import Table
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import Input


def asked_only(table: Table, read: frozenset[str], source: Input) -> Table:
    """Return the settings without columns that may be absent and that no fact, key, rule or date of the binding names.

    What such a column is called is still looked at, as of every column that is passed over.

    Args:
        table: Settings of the table.
        read: Columns that the facts name.
        source: The file; its rule may name the column that dates it.
    """
    if table.others != "ignored":
        return table
    dated = source.rule.column if source.rule.rule is AsOfRule.COLUMN else ""
    kind = {table.kind.column} if table.kind is not None else set()
    template = {name for rule in table.rows.values() if isinstance(rule, RowsWhere) for name in rule.unchanged}
    kept = {*read, *needed_anyway(table), *kind, *template, dated}
    idle = {
        name: names_of(name, column)
        for name, column in table.columns.items()
        if column.may_be_absent and name not in kept and dated not in names_of(name, column)
    }
    explained = {
        heading: reason
        for name, reason in table.not_subject.items()
        for heading in idle.get(name, ())
        if heading not in table.not_subject
    }
    columns = {name: column for name, column in table.columns.items() if name not in idle}
    return table.model_copy(update={"columns": columns, "not_subject": {**table.not_subject, **explained}})
