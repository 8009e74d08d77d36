"""Defects of tables in CSV: rows that are gone or doubled, headings and cells that say something else."""

from __future__ import annotations

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.csv_lines import CsvLines, csv_table, number_table
from gonogo.drill.kinds.file_defects import planted
from gonogo.drill.site import BoundSource, TargetProgram
from gonogo.model.evidence import Evidence

_CSV = "a table in CSV"
_NUMBERS = "a table in CSV with a column of numbers"


def _put(site: TargetProgram, source: BoundSource, lines: CsvLines, what: str) -> Planted:
    site.copy.put(source.path, lines.data)
    return planted(source, f"{source.path}, {what}")


def _shares(site: TargetProgram) -> dict[str, Evidence]:
    """Return a share of each binding that has one."""
    known = (answer for answer in site.known.answers.values() if isinstance(answer, Evidence))
    return {answer.source.binding: answer for answer in known if answer.whole is not None}


def _between_records(site: TargetProgram, *, counted: bool) -> Planted:
    shares = _shares(site)
    only = {source.binding.id for source in site.sources("table") if (source.binding.id in shares) is not counted}
    source, lines = csv_table(site, weakest=True, of=only)
    half = (lines.first + lines.last) // 2
    lines.drop(set(range(half, lines.last)))
    return _put(site, source, lines, f"lines {half + 1} to {lines.last}")


def _in_a_record(site: TargetProgram) -> Planted:
    source, lines = csv_table(site)
    row = lines.middle
    lines.lines = [*lines.lines[:row], lines.lines[row][: max(1, len(lines.lines[row]) // 2)].rstrip("\r\n")]
    return _put(site, source, lines, f"line {row + 1}")


def _header_only(site: TargetProgram) -> Planted:
    source, lines = csv_table(site)
    lines.drop(set(range(lines.first, lines.last)))
    return _put(site, source, lines, "every row")


def _shrunk(site: TargetProgram) -> Planted:
    """Take out the rows that count against a share; where none does, a tenth of all rows."""
    shares = _shares(site)
    source, lines = csv_table(site, weakest=True, of=shares)
    rows = range(lines.first, lines.last)
    found = _against(lines, shares[source.binding.id]) or set(list(rows)[: max(1, len(rows) // 10)])
    if len(found) == len(rows):
        found.discard(rows[-1])
    lines.drop(found)
    return _put(site, source, lines, f"{len(found)} of {len(rows)} rows")


def _against(lines: CsvLines, share: Evidence) -> set[int]:
    """Return the rows that count against a share: by their keys, or as the group of rows that is as large as theirs.

    Keys of personal data are stand-ins; the words of a column tell the same rows.
    """
    keys = set(share.open_items or ())
    cells = {row: lines.cells(row) or [] for row in range(lines.first, lines.last)}
    found = {row for row, own in cells.items() if keys & set(own)}
    if found or not keys:
        return found
    groups: dict[tuple[int, str], set[int]] = {}
    for row, own in cells.items():
        for place, cell in enumerate(own):
            groups.setdefault((place, cell), set()).add(row)
    return next((group for group in groups.values() if len(group) == len(keys) > 1), set())


def _doubled_row(site: TargetProgram) -> Planted:
    source, lines = csv_table(site)
    row = lines.middle
    lines.lines.insert(row, lines.lines[row])
    return _put(site, source, lines, f"line {row + 1}")


def _unclosed_quote(site: TargetProgram) -> Planted:
    source, lines = csv_table(site)
    row = lines.middle
    lines.lines[row] = '"' + lines.lines[row]
    return _put(site, source, lines, f"line {row + 1}")


def _heading(site: TargetProgram) -> Planted:
    source, lines = csv_table(site)
    column = lines.column()
    lines.put(lines.first - 1, column, lines.header[column] + "_2")
    return _put(site, source, lines, f"heading {lines.header[column]}")


def _swapped_headings(site: TargetProgram) -> Planted:
    source, lines = csv_table(site)
    column = lines.column()
    other = (column + 1) % len(lines.header)
    if other == column:
        raise NotPlanted("the table has one column")
    lines.put(lines.first - 1, column, lines.header[other])
    lines.put(lines.first - 1, other, lines.header[column])
    return _put(site, source, lines, f"headings {lines.header[column]} and {lines.header[other]}")


def _cell(site: TargetProgram, text: str) -> Planted:
    source, lines = number_table(site)
    row, column = lines.middle, lines.number
    lines.put(row, column, text)
    return _put(site, source, lines, f"line {row + 1}, {lines.header[column]}")


def _unknown_word(site: TargetProgram) -> Planted:
    """A word that the column does not allow, in place of one that counts."""
    source, lines = csv_table(site, "text", "boolean")
    row, column = lines.middle, lines.column("text", "boolean")
    lines.put(row, column, "Passed with remarks (drill)")
    return _put(site, source, lines, f"line {row + 1}, {lines.header[column]}")


DEFECTS = (
    Defect("torn-table", "A table was cut in the middle of a row", _CSV, _in_a_record, Noticed.STOPPED),
    Defect(
        "torn-share",
        "A table that makes a share was cut between two rows",
        "a table in CSV that makes a share",
        lambda site: _between_records(site, counted=False),
    ),
    Defect(
        "torn-count",
        "A table that is only counted was cut between two rows",
        "a table in CSV that makes counts alone",
        lambda site: _between_records(site, counted=True),
    ),
    Defect("header-only", "A table holds its headings and no row", _CSV, _header_only, Noticed.STOPPED),
    Defect("shrunk-denominator", "Rows that count against the program were taken out", _CSV, _shrunk),
    Defect("doubled-row", "A row is in a table twice", _CSV, _doubled_row, Noticed.STOPPED),
    Defect("unclosed-quote", "A quote in a table is never closed", _CSV, _unclosed_quote, Noticed.STOPPED),
    Defect("changed-heading", "A column has another heading", _CSV, _heading, Noticed.STOPPED),
    Defect("swapped-headings", "Two columns have each other's headings", _CSV, _swapped_headings, Noticed.TOLD),
    Defect("unknown-word", "A cell holds a word that nobody declared", _CSV, _unknown_word, Noticed.STOPPED),
    Defect(
        "nan", "A cell holds NaN where a number belongs", _NUMBERS, lambda site: _cell(site, "NaN"), Noticed.STOPPED
    ),
    Defect(
        "infinity",
        "A cell holds Infinity where a number belongs",
        _NUMBERS,
        lambda site: _cell(site, "Infinity"),
        Noticed.STOPPED,
    ),
    Defect(
        "not-available",
        "A cell holds N/A where a number belongs",
        _NUMBERS,
        lambda site: _cell(site, "N/A"),
        Noticed.STOPPED,
    ),
)
