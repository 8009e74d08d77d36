"""Rows about something else than what counts are left out, where the settings name the column that says so."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.row_subject import About, BoundSubjects, folded
from gonogo.collectors.table.database import rows_of
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.row_settings import SubjectColumn
from gonogo.collectors.table.settings import Table
from gonogo.model.build_name import same_build, spellings
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal, Job

if TYPE_CHECKING:
    import duckdb

_LISTED: Final = 6


def keep_subject(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared, bound: BoundSubjects, job: Job
) -> tuple[Prepared, Subject | None]:
    """Leave out the rows that are about something else; return the table's new source, and what the rows are about.

    Raises:
        CollectorRefusal: Nobody says what counts, no row is about it, or a row does not say what it is about.
    """
    subject = Subject()
    keep: list[str] = []
    left_out = dict(source.left_out)
    for column, rule in table.subject.items():
        text = f"CAST({named(column)} AS VARCHAR)"
        each = f"SELECT {text} AS v FROM {named(name)}"
        found = rows_of(connection, f"SELECT v, count(*) FROM ({each}) GROUP BY v ORDER BY v")
        values = {str(value): count for value, count in found if value is not None}
        blank = sum(count for value, count in found if value is None)
        counted = [spellings(name) if rule.kind is About.BUILD else {folded(name)} for name in rule.counts]
        wanted = frozenset().union(*counted) or bound.of(rule.kind)
        ours = [value for value in values if folded(value) in wanted]
        _check(connection, name, table, column, rule, source, list(values), ours, wanted, blank, bound)
        conditions = [f"{text} IN ({', '.join(map(quoted, ours))})"] if ours else []
        conditions += [f"{named(column)} IS NULL"] if rule.blank == "counts" else []
        keep.append(f"coalesce({' OR '.join(conditions) or 'FALSE'}, FALSE)")
        others = sum(count for value, count in values.items() if value not in ours)
        others += blank if rule.blank == "left_out" else 0
        if others:
            left_out[f"rows about another {rule.kind}"] = others
        merged = subject.merged(_subject(rule.kind, ours, job))
        if merged is None:
            raise StructuralFault(
                f"{source.place}: two columns disagree on the {rule.kind} that counts", GapReason.WRONG_SUBJECT
            )
        subject = merged
    if len(left_out) == len(source.left_out):
        return source, subject if subject.document() else None
    kept = " AND ".join(keep)
    rows = rows_of(connection, f"SELECT rowid FROM {named(name)} WHERE {kept} ORDER BY rowid")
    numbers = array("L", (source.number(index) for (index,) in rows))
    aside = named(f"gonogo kept {name}")
    connection.execute(f"CREATE OR REPLACE TABLE {aside} AS SELECT * FROM {named(name)} WHERE {kept} ORDER BY rowid")
    connection.execute(f"DROP TABLE {named(name)}")
    connection.execute(f"ALTER TABLE {aside} RENAME TO {named(name)}")
    return replace(source, rows=len(numbers), numbers=numbers, left_out=left_out), (
        subject if subject.document() else None
    )


def _check(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: Table,
    column: str,
    rule: SubjectColumn,
    source: Prepared,
    values: Sequence[str],
    ours: Sequence[str],
    wanted: frozenset[str],
    blank: int,
    bound: BoundSubjects,
) -> None:
    heading = heading_of(table, column)
    if not wanted:
        raise StructuralFault(
            f"{source.place}: nothing says which {rule.kind} counts; say it in the binding ({rule.kind}: ...), or by "
            f"subject: {{{column}: {{kind: {rule.kind}, counts: [...]}}}}",
            GapReason.MIXED_SUBJECTS,
        )
    if blank and rule.blank == "refused":
        first = rows_of(
            connection,
            f"SELECT rowid FROM {named(name)} WHERE {named(column)} IS NULL ORDER BY rowid LIMIT {SHOWN}",
        )
        shown = first_few([str(source.number(index)) for (index,) in first], blank)
        raise StructuralFault(
            f"{source.place}: column {heading!r} names no {rule.kind} in {source.row_word} {shown}; say what a blank "
            "one means: blank: counts or blank: left_out",
            GapReason.MIXED_SUBJECTS,
        )
    if not ours and not (blank and rule.blank == "counts"):
        listed = ", ".join(value[:60] for value in values[:_LISTED]) or "none"
        more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
        shown = ", ".join(rule.counts) or bound.words(rule.kind)
        start = f"{source.place}: no row is about the {rule.kind} that counts ({shown})"
        raise CollectorRefusal(
            f"{start}; column {heading!r} names {listed}{more}",
            GapReason.WRONG_SUBJECT,
            f"{start}; look at column {heading!r}",
        )


def _subject(kind: About, ours: Sequence[str], job: Job) -> Subject:
    """Return what the rows that count are about, in the spelling of the binding where it has one."""
    if kind is About.BUILD and ours:
        known = [build for build in sorted(job.builds) if any(same_build(build, value) for value in ours)]
        if known:
            return Subject(build=known[0])
        return Subject(build=ours[0]) if all(same_build(ours[0], value) for value in ours) else Subject()
    if kind is About.RELEASE and {folded(value) for value in ours} == {folded(job.release)}:
        return Subject(release=job.release)
    if kind is About.ENVIRONMENT and len({folded(value) for value in ours}) == 1:
        bound_name = job.subject.environment
        return Subject(
            environment=bound_name if bound_name is not None and folded(bound_name) == folded(ours[0]) else ours[0]
        )
    return Subject()
