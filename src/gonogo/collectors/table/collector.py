"""The collector: prepare and load each table that a fact needs, lock the database, answer every fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gonogo.collectors.document_moment import check_past
from gonogo.collectors.rows.row_subject import BoundSubjects, bound_to
from gonogo.collectors.table.analyst import answer_sql
from gonogo.collectors.table.asked_columns import asked_only
from gonogo.collectors.table.copied_inputs import refuse_copies
from gonogo.collectors.table.delimited import prepare_csv
from gonogo.collectors.table.doubts import Looked, doubts_of
from gonogo.collectors.table.fact_measures import Query
from gonogo.collectors.table.facts import TableSettings
from gonogo.collectors.table.formats_found import with_formats
from gonogo.collectors.table.given_days import ahead_of
from gonogo.collectors.table.lacking_columns import lacking
from gonogo.collectors.table.load import LoadedTable, check_unique, drop_watched, load, load_checked
from gonogo.collectors.table.measure import answer_rows
from gonogo.collectors.table.moments import dated_by, dated_column, held, span_in
from gonogo.collectors.table.open_late import Database
from gonogo.collectors.table.other_kinds import refuse_other_kinds
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.promised_facts import Planned, plan
from gonogo.collectors.table.reads import columns_of_table, columns_read, counted_by, keyless
from gonogo.collectors.table.records import prepare_json, prepare_sqlite
from gonogo.collectors.table.settings import Table, TableFormat
from gonogo.collectors.table.sheet import prepare_sheet
from gonogo.collectors.table.shown import Doubt, ShownInDatabase
from gonogo.collectors.table.small_answers import small_answer
from gonogo.collectors.table.small_load import small_loaded
from gonogo.collectors.table.spoilt import still_spoilt
from gonogo.collectors.table.subjects import keep_subject
from gonogo.collectors.table.unnamed import unnamed
from gonogo.model.evidence import Subject
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Answer, CollectorRefusal, Input, Job, LocalFact, Settings

if TYPE_CHECKING:
    import duckdb

_ENDINGS: Final = {
    ".csv": TableFormat.CSV,
    ".xlsx": TableFormat.XLSX,
    ".xlsm": TableFormat.XLSX,
    ".json": TableFormat.JSON,
    ".sqlite": TableFormat.SQLITE,
    ".sqlite3": TableFormat.SQLITE,
    ".db": TableFormat.SQLITE,
}
_NAMED: Final = 3


class TableCollector:
    """Reads CSV, XLSX, JSON and SQLite tables and makes facts of them, by measure or by one SELECT. Calls nothing.

    A binding ``as: training`` makes ``training.completed_ratio`` of the fact ``completed_ratio``. Without a
    prefix each fact has its full name, so that one binding can answer for all that an office keeps.
    """

    name = "table"
    facts: Sequence[LocalFact] = ()
    settings: type[Settings] = TableSettings
    network: Sequence[str] = ()

    def __init__(self) -> None:
        self._last: tuple[TableSettings, tuple[Planned, ...]] | None = None

    def _plan(self, settings: TableSettings) -> tuple[Planned, ...]:
        """Return what the settings promise; what was declared last is collected next."""
        if self._last is None or self._last[0] is not settings:
            self._last = settings, plan(settings)
        return self._last[1]

    def declare(self, settings: TableSettings) -> Sequence[LocalFact]:
        """Return one fact for each entry of ``facts``.

        Raises:
            SettingsRefusal: The settings contradict themselves.
        """
        return tuple(planned.local for planned in self._plan(settings))

    def advise(self, settings: TableSettings) -> Iterator[str]:
        """Yield that no fact is chosen yet, and which tables are counted though nothing says what one row is."""
        if not settings.facts:
            yield (
                "settings.facts is empty, so the binding answers for nothing yet; `gonogo map` proposes facts for a "
                "table, and `gonogo facts` lists those of the ruleset."
            )
        for name in settings.tables:
            facts = keyless(name, settings)
            if facts:
                more = f" and {len(facts) - _NAMED} more" if len(facts) > _NAMED else ""
                yield (
                    f"tables.{name} does not say what one row is, and {', '.join(facts[:_NAMED])}{more} "
                    f"{'counts' if len(facts) == 1 else 'count'} its rows; say the key by unique: [...], or in words "
                    "by one_row: ..., or the facts are unknown where the file does not show it."
                )

    def collect(self, job: Job, settings: TableSettings) -> Iterator[Answer]:
        """Yield one answer for each fact; a table that cannot be used turns the facts made of it into gaps."""
        facts_planned = self._plan(settings)
        needed = dict.fromkeys(name for planned in facts_planned for name in planned.tables)
        bound = _bound(job)
        prepared = {name: _prepared(name, settings, job, bound) for name in needed}
        if all(isinstance(entry, CollectorRefusal) for entry in prepared.values()):
            for planned in facts_planned:
                refusal = next(
                    entry for name in planned.tables if isinstance(entry := prepared[name], CollectorRefusal)
                )
                yield _missing(planned, refusal)
            return
        with Database(job) as database:
            tables = {name: _loaded(database, name, settings, prepared[name], job, bound) for name in needed}
            answers = {
                planned.local.name: lacking(planned, settings, prepared) or _small_answer(planned, tables, job)
                for planned in facts_planned
            }
            asked = [planned for planned in facts_planned if answers[planned.local.name] is None]
            for name in dict.fromkeys(name for planned in asked for name in planned.tables):
                tables[name] = _in_database(database, tables[name], columns_of_table(name, settings))
            database.lock(in_order=any(isinstance(planned.measure, Query) for planned in facts_planned))
            for planned in facts_planned:
                yield answers[planned.local.name] or _answer(database, planned, tables, job)


def _bound(job: Job) -> BoundSubjects:
    """Return what the evidence is bound to: by the binding, else by the release."""
    environment = job.subject.environment
    release = job.subject.release or job.release
    return bound_to(builds=job.builds, releases=[release], environments=[environment] if environment else [])


def _prepared(name: str, settings: TableSettings, job: Job, bound: BoundSubjects) -> Prepared | CollectorRefusal:
    table = settings.tables[name]
    try:
        source = _input(job, table)
        table = asked_only(table, columns_of_table(name, settings), source)
        prepared = _read(name, table, source, job, bound, _sheets_beside(name, settings))
        return with_formats(prepared, table, dated_column(table, source))
    except CollectorRefusal as refusal:
        return unnamed(refusal, table)


def _loaded(
    database: Database,
    name: str,
    settings: TableSettings,
    prepared: Prepared | CollectorRefusal,
    job: Job,
    bound: BoundSubjects,
) -> LoadedTable | CollectorRefusal:
    if isinstance(prepared, CollectorRefusal):
        return prepared
    read = columns_of_table(name, settings)
    table = prepared.settled or settings.tables[name]
    source = _input(job, table)
    dated = dated_column(table, source)
    looked = Looked(bound, bool(keyless(name, settings)), counted_by(name, settings), dated)
    small = small_loaded(name, table, prepared, read, looked, source, job)
    if small is not None:
        return small

    def filled(connection: duckdb.DuckDBPyConnection) -> LoadedTable:
        rows, spoilt = load(connection, name, table, prepared, job.time_zone, read, dated)
        refuse_other_kinds(connection, name, table, prepared, spoilt)
        kept = prepared
        subject: Subject | None = None
        if table.subject:
            kept, subject = keep_subject(connection, name, table, prepared, bound, job)
            rows = kept.rows
        check_unique(connection, name, table, kept)
        doubts, key = doubts_of(ShownInDatabase(name, table, kept, rows, tuple(spoilt), connection), looked)
        drop_watched(connection, name, kept)
        spoilt, span = still_spoilt(connection, name, spoilt), span_in(connection, name)
        as_of = held(span, table, source, kept, job.time_zone)
        check_past(as_of, job.now, kept.place)
        doubts = (*doubts, *ahead_of(span, table, kept, as_of, job.time_zone))
        return LoadedTable(name, table, kept, rows, as_of, doubts, key, subject, dated_by(table, source), spoilt=spoilt)

    try:
        return database.with_room(filled)
    except CollectorRefusal as refusal:
        return unnamed(refusal, table, prepared.place)


def _small_answer(planned: Planned, tables: dict[str, LoadedTable | CollectorRefusal], job: Job) -> Answer | None:
    """Return the answer that needs no database."""
    if isinstance(planned.measure, Query):
        return None
    table = tables[planned.tables[0]]
    return None if isinstance(table, CollectorRefusal) else small_answer(planned, planned.measure, table, job)


def _in_database(
    database: Database, table: LoadedTable | CollectorRefusal, read: frozenset[str]
) -> LoadedTable | CollectorRefusal:
    """Return a table once the database holds it."""
    if isinstance(table, CollectorRefusal) or table.small is None:
        return table
    try:
        load_checked(database.connection, table, read)
    except CollectorRefusal as refusal:
        return unnamed(refusal, table.table, table.source.place)
    return table


def _input(job: Job, table: Table) -> Input:
    if table.input is None and len(job.files) == 1:
        return job.files[0]
    return job.input(table.input or "file")


def _sheets_beside(name: str, settings: TableSettings) -> frozenset[str]:
    """Return the sheets that other tables of the binding read from the same input."""
    mine = settings.tables[name].input
    others = (each for key, each in settings.tables.items() if key != name and each.input == mine)
    return frozenset(each.sheet for each in others if each.sheet is not None)


def _read(name: str, table: Table, source: Input, job: Job, bound: BoundSubjects, beside: frozenset[str]) -> Prepared:
    ending = source.file_name[source.file_name.rfind(".") :].lower() if "." in source.file_name else ""
    kind = table.format or _ENDINGS.get(ending)
    if kind is TableFormat.CSV:
        return prepare_csv(name, table, source, job.scratch, job.time_zone, bound)
    if kind is TableFormat.XLSX:
        return prepare_sheet(name, table, source, job.scratch, job.time_zone, bound, beside)
    if kind is TableFormat.JSON:
        return prepare_json(name, table, source, job.scratch, job.time_zone, bound)
    if kind is TableFormat.SQLITE:
        return prepare_sqlite(name, table, source, job.scratch, bound)
    raise StructuralFault(
        f"{source.file_name} does not end in .csv, .xlsx, .json or .sqlite; say which it is: format: csv"
    )


def _missing(planned: Planned, refusal: CollectorRefusal) -> Answer:
    return replace(planned.local.missing(str(refusal), refusal.reason), told=refusal.told)


def _concerns(doubt: Doubt, planned: Planned, table: LoadedTable) -> bool:
    if doubt.counting and not planned.measure.counts_rows:
        return False
    read = columns_read(planned.fact, planned.measure, table.table.columns)
    return not doubt.settled_by & read and (not doubt.only or bool(doubt.only & read))


def _answer(
    database: Database,
    planned: Planned,
    tables: dict[str, LoadedTable | CollectorRefusal],
    job: Job,
) -> Answer:
    import duckdb

    ready: dict[str, LoadedTable] = {}
    for name in planned.tables:
        table = tables[name]
        if isinstance(table, CollectorRefusal):
            return _missing(planned, table)
        doubt = next((doubt for doubt in table.doubts if _concerns(doubt, planned, table)), None)
        if doubt is not None:
            refusal = CollectorRefusal(doubt.sentence, doubt.reason, doubt.told)
            return _missing(planned, unnamed(refusal, table.table, table.source.place))
        ready[name] = table
    try:
        subject = Subject()
        for table in ready.values():
            subject = subject.merged(table.subject or Subject()) or subject
        if isinstance(planned.measure, Query):
            refuse_copies([(table.table, _input(job, table.table)) for table in ready.values()])
            answer = answer_sql(database.connection, planned, ready, tables, job)
        else:
            answer = answer_rows(database.connection, planned, planned.measure, ready[planned.tables[0]], job)
        return replace(answer, subject=subject) if subject.document() else answer
    except CollectorRefusal as refusal:
        for table in ready.values():
            refusal = unnamed(refusal, table.table, table.source.place)
        return _missing(planned, refusal)
    except duckdb.Error as error:
        kind = type(error).__name__.removesuffix("Exception")
        return _missing(planned, StructuralFault(f"the database could not compute {planned.local.name} ({kind})"))
