"""JSON and SQLite: records, strictly read, written to a scratch CSV of the columns that are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from gonogo.collectors.columns.typed import Mistakes, TypedNumber, UnfitValue, from_json
from gonogo.collectors.document_moment import read_moment
from gonogo.collectors.rows.row_subject import NOTHING, BoundSubjects
from gonogo.collectors.rows.tree import names_parents
from gonogo.collectors.table.blank_words import says_nothing
from gonogo.collectors.table.each_record import SAMPLE
from gonogo.collectors.table.one_page import PAGES, refuse_page
from gonogo.collectors.table.prepared import UNREAD, Prepared, Writer, refuse_control, scratch_file
from gonogo.collectors.table.records_found import ABSENT, settle_records, value_at
from gonogo.collectors.table.rival_columns import rivalled
from gonogo.collectors.table.said_beside import refuse_beside
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.sieve import Row, Sieve, sifts
from gonogo.collectors.table.sqlite_rows import read_sqlite
from gonogo.collectors.table.twin_columns import after, beside
from gonogo.collectors.table.watch import is_watched
from gonogo.documents.evidence_json import read_evidence
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal, Input


def prepare_json(
    name: str, table: Table, source: Input, scratch: str, time_zone: str, bound: BoundSubjects = NOTHING
) -> Prepared:
    """Write the records of a JSON document into a scratch file.

    Raises:
        CollectorRefusal: Not one strict JSON document in UTF-8, a key twice, no array of objects at the path, a key
            that is neither read nor ignored or is absent, or a value of another type than its column.
    """
    place = source.file_name
    document = read_evidence(source.read(), place, number=TypedNumber)
    records = _records(document, table, place)
    stated, moment = _count(document, table, place), _moment(document, table, place, time_zone)
    return replace(_prepare(name, table, records, place, scratch, bound), stated_rows=stated, as_of=moment)


def prepare_sqlite(name: str, table: Table, source: Input, scratch: str, bound: BoundSubjects = NOTHING) -> Prepared:
    """Write the rows of a table of a database into a scratch file.

    Raises:
        CollectorRefusal: No whole database, no such table, or a cell of another type than its column.
    """
    records = read_sqlite(source, table, scratch)
    return replace(_prepare(name, table, records, source.file_name, scratch, bound), row_word="row")


def _prepare(name: str, table: Table, records: list[Any], place: str, scratch: str, bound: BoundSubjects) -> Prepared:
    settled, records = settle_records(table, records, place)
    table = settled.table
    writer = Writer(scratch_file(scratch, name))
    sieve = Sieve(
        table, [column.header or key for key, column in table.columns.items()], _positions(table), place=place
    )
    parents = any(names_parents(heading.rpartition(".")[2]) for heading in [*table.ignore, *sieve.headings])
    watched = [
        heading
        for heading in dict.fromkeys(table.ignore)
        if heading not in table.not_subject
        and (
            rivalled(table, heading)
            or is_watched(
                heading.rpartition(".")[2],
                [_plain(record, heading) for record in records[:SAMPLE]],
                bound,
                parents=parents,
            )
        )
    ]
    every = list(dict.fromkeys([*(each.own for each in settled.twins), *(each.other for each in settled.twins)]))
    twins = beside(settled.twins, every, len(watched))
    kept = [*watched, *(heading for heading, _ in twins.columns)]
    mistakes = _write(records, sieve, place, writer, kept)
    writer.flush()
    refuse_control(writer.path, place)
    return Prepared(
        path=writer.path,
        delimiter=",",
        width=len(table.columns) + len(kept),
        positions=_positions(table),
        rows=writer.rows,
        first_row=1,
        row_word="record",
        place=place,
        numbers=sieve.numbers,
        left_out=dict(sieve.left_out),
        watched=after([(heading, 0) for heading in watched], len(table.columns)),
        beside=replace(twins, columns=after(twins.columns, len(table.columns) + len(watched))),
        settled=table,
        absent=settled.absent,
        mistakes=mistakes,
    )


def _records(document: Any, table: Table, place: str) -> list[Any]:
    """Return the array of records, each an object."""
    paths = [path for path in (table.records, *table.records_also) if _is_at(document, path)]
    if any(path.startswith(PAGES) for path in paths):
        paths = [path for path in paths if path]  # an array of pages is no array of records
    if len(paths) > 1:
        both = " and at ".join(map(repr, paths[:2]))
        raise StructuralFault(f"{place} has records at {both}, and those of one would be left out; keep one list")
    path = paths[0] if paths else (table.records, *table.records_also)[-1]
    pages = document if path.startswith(PAGES) and isinstance(document, list) else [document]
    parts = [_at(page, path.removeprefix(PAGES), place) for page in pages]
    records = [record for part in parts if isinstance(part, list) for record in part]
    if not all(isinstance(part, list) for part in parts):
        raise StructuralFault(f"{place}: {path or 'the document'} is not an array of records")
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise StructuralFault(f"{place}: record {number} is not an object")
    for page in pages:
        at = path.removeprefix(PAGES)
        ends = {"first": page is pages[0], "last": page is pages[-1]}
        refuse_page(page, at, len(records), place, **ends, pages=len(pages))
        refuse_beside(page, at, table, place)
    return records


def _is_at(document: Any, path: str) -> bool:
    if path.startswith(PAGES):
        inner = path.removeprefix(PAGES)
        return isinstance(document, list) and bool(document) and all(_is_at(page, inner) for page in document)
    found = document
    for key in path.split(".") if path else ():
        if not isinstance(found, dict) or key not in found:
            return False
        found = found[key]
    return isinstance(found, list)


def _positions(table: Table) -> dict[str, int]:
    return {column: index for index, column in enumerate(table.columns)}


def _plain(record: Any, heading: str) -> str:
    """Return a value that nobody reads as text; empty where it is not one plain value."""
    found = value_at(record, heading) if isinstance(record, Mapping) else ABSENT
    return str(found).strip() if isinstance(found, (str, bool)) else ""


def _at(document: Any, path: str, place: str) -> Any:
    found = document
    for key in path.split(".") if path else ():
        if not isinstance(found, dict) or key not in found:
            raise StructuralFault(f"{place} has nothing at {path}")
        found = found[key]
    return found


def _write(records: list[Any], sieve: Sieve, place: str, writer: Writer, watched: Sequence[str]) -> Mistakes:
    table = sieve.table
    mistakes = Mistakes()
    plan = [(name, column, column.header or name) for name, column in table.columns.items()]
    ignored = frozenset(table.ignore)
    read = frozenset(header for _, _, header in plan)
    parents = frozenset(".".join(key.split(".")[:n]) for key in read | ignored for n in range(1, key.count(".") + 1))
    kept: Iterable[int] = range(1, len(records) + 1)
    if sifts(table):
        kept = [number for number, _ in sieve.kept(lambda: _rows(records, table))]
    else:
        sieve.numbers.extend(kept)
    for number in kept:
        record = records[number - 1]
        flat = _flat(record, parents, ignored, f"{place}: record {number}")
        unknown = flat.keys() - read
        if unknown:
            # A record without one key that is known may be keyed by people's names.
            named = repr(sorted(unknown)[0][:60]) if flat.keys() & read else "keys"
            start, end = f"{place}: record {number} has", "which the settings neither read nor ignore"
            raise CollectorRefusal(f"{start} {named}, {end}", told=f"{start} a key {end}")
        texts = []
        for name, column, header in plan:
            value = flat.get(header, ABSENT)
            if value is ABSENT and not column.may_be_blank:
                mistakes.add(name, "has no value", f"record {number}", writer.rows)
                texts.append(UNREAD)
                continue
            value = None if value is ABSENT or (isinstance(value, str) and says_nothing(value, column)) else value
            try:
                texts.append(from_json(value, column, quoted_numbers=table.quoted_numbers))
            except UnfitValue as error:
                mistakes.add(name, f"has {error}", f"record {number}", writer.rows)
                texts.append(f"{UNREAD}{value}" if isinstance(value, (str, bool)) else UNREAD)
        texts += [_plain(record, heading) for heading in watched]
        writer.add(texts)
    return mistakes


def _rows(records: list[Any], table: Table) -> Iterator[Row]:
    headings = [column.header or name for name, column in table.columns.items()]
    for number, record in enumerate(records, 1):
        yield number, [_plain(record, heading) for heading in headings]


def _flat(record: Mapping[str, Any], parents: frozenset[str], ignored: frozenset[str], where: str) -> dict[str, Any]:
    """Return the values by dotted key; only objects that a column reaches into are opened."""
    found: dict[str, Any] = {}
    open_parts: list[tuple[str, Mapping[str, Any]]] = [("", record)]
    while open_parts:
        prefix, part = open_parts.pop()
        for key, value in part.items():
            full = prefix + key
            if full in ignored:
                continue
            if full in parents and isinstance(value, dict):
                open_parts.append((full + ".", value))
            elif full in found:
                raise StructuralFault(f"{where} has a key twice, once dotted and once nested")
            elif value is None and full in parents:
                continue
            else:
                found[full] = value
    return found


def _count(document: Any, table: Table, place: str) -> int | None:
    if table.control.rows_at is None:
        return None
    value = _at(document, table.control.rows_at, place)
    if not isinstance(value, TypedNumber) or not value.isdigit() or len(value) > 12:
        raise StructuralFault(f"{place}: {table.control.rows_at} is not a number of records")
    return int(value)


def _moment(document: Any, table: Table, place: str, time_zone: str) -> datetime | None:
    if table.as_of_at is None:
        return None
    value = _at(document, table.as_of_at, place)
    moment = read_moment(value, time_zone) if type(value) is str else None
    if moment is None:
        raise StructuralFault(f"{place}: {table.as_of_at} is not a date or a time such as 2027-04-19T16:00:00Z")
    return moment
