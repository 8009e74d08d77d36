"""A draft of an export profile, made of one file: its columns, its words, and what only a person can fill in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.first_week.good_words import ENDED, GOOD, height_of, plain_word
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.mapping_text import flow
from gonogo.first_week.prose import FILL_IN, quoted, slug
from gonogo.first_week.table_columns import Guess

_CRITICAL: Final = 4
_HIGH: Final = 3
_AMOUNTS: Final = ("integer", "decimal", "money", "percent")
_TITLES: Final = 10
_WORDS: Final = 25
"""More different values are no words of a list."""


def drafted_profile(path: Path, name: str | None = None, *, sheet: str | None = None) -> str:
    """Return a profile of a file as YAML, with ``FILL IN`` where only a person knows. No cell about a person is in it.

    Args:
        path: A CSV, XLSX or JSON file.
        name: Of the profile; made of the file's name by default.
        sheet: Of a workbook.

    Raises:
        UsageError: It cannot be read as a table.
    """
    mapping = map_file(path, sheet=sheet)
    made = name or slug(path.stem, joint="-", otherwise="our-tool")
    return "\n".join(_lines(mapping, made, path.suffix.lstrip(".").lower())) + "\n"


def _lines(mapping: TableMapping, name: str, form: str) -> Iterator[str]:
    status, severity = _status(mapping), _severity(mapping)
    yield "# A draft: check each line, and fill in what says FILL IN. docs/how-to/export-profiles.md says how."
    yield "schema: 1"
    yield f"name: {name}"
    yield 'version: "1"'
    yield f"title: {FILL_IN} what the export is called"
    yield f"tool: {FILL_IN} the tool, its version, and which of its exports"
    yield f"made_from: [{FILL_IN} one export of the tool]"
    yield f"what: {FILL_IN} what one row is"
    yield f"formats: [{form}]"
    yield f"recognize: {{telling: [{FILL_IN} headings that only this tool has]}}"
    people = [guess.heading for guess in mapping.columns.values() if guess.people]
    yield f"about_people: {flow(people)}"
    yield f"as_of: {FILL_IN} how anybody knows when an export was made"
    yield "words:"
    yield from _words(mapping, status, severity)
    yield "tables:"
    yield "  items:"
    yield "    others: ignored"
    yield from (f"    {key}: {value}" for key, value in _read_as(mapping))
    yield "    columns:"
    for column, guess in mapping.read.items():
        if not guess.people:
            yield f"      {column}: {flow(_column(mapping, column, guess, status, severity))}"
    yield f"    unique: [{mapping.key}]" if mapping.key else f"    one_row: {FILL_IN} what one row is"
    yield "facts: []"
    amounts = [name for name, guess in mapping.read.items() if guess.settings["type"] in _AMOUNTS]
    if not status and amounts:
        yield "# facts: (each says which way is better; sum, min, max, mean and count stand to choice)"
        yield f"#   - prefixes: [{FILL_IN}]"
        yield "#     facts:"
        yield f"#       total: {{better: lower, meaning: {FILL_IN}, unit: {FILL_IN}, sum: {{of: {amounts[0]}}}}}"
    if status:
        yield "# facts:"
        yield f"#   - prefixes: [{FILL_IN}]"
        yield "#     facts:"
        yield "#       open: {better: lower, meaning: " + FILL_IN + ", unit: items, "
        yield f"#         count: {{where: {status} not in $final}}}}"
    yield f"traps: [{FILL_IN} what makes such a file be read wrongly]"
    yield f"examples: [{{file: {name}.example.{form}, as: {FILL_IN.lower().replace(' ', '_')}, right: {{}}}}]"


def _read_as(mapping: TableMapping) -> Iterator[tuple[str, str]]:
    """Yield how such files are written: what the next export has otherwise is left open."""
    settings = mapping.grid.settings
    yield from ((key, quoted(str(settings[key]))) for key in ("delimiter", "encoding", "records") if key in settings)
    yield from ((key, "true") for key in ("line_breaks",) if settings.get(key))
    if settings.get("final_line_break") is False:
        yield "final_line_break", "false"
    if settings.get("header_row", 1) > 1:
        yield "header_within", f"{max(_TITLES, 2 * settings['header_row'])}   # lines with titles stand above"
    if "sheet" in settings:
        yield "sheet_by_headings", "true   # whatever the sheet is called"
    if settings.get("blank_rows"):
        yield "blank_rows", "allowed"
    kinds = {"total": "left_out"} if mapping.footer else {}
    rules = [*mapping.kinds.items(), *((note.kind, note.left) for note in mapping.notes)]
    kinds |= {kind: rule for kind, rule in rules if isinstance(rule, str)}  # a rule by values is of this file alone
    if kinds:
        yield "rows", flow(kinds)


def _column(mapping: TableMapping, name: str, guess: Guess, status: str, severity: str) -> dict[str, object]:
    found: dict[str, object] = {"header": guess.heading} | dict(guess.settings)
    if name == severity:
        found["allowed"] = ["$critical", "$high", "$lower"]
    elif found["type"] == "text":
        found["allowed"] = "any"
    if name not in (status, severity, mapping.key):
        found["may_be_absent"] = True
    return found


def _words(mapping: TableMapping, status: str, severity: str) -> Iterator[str]:
    if status:
        values = mapping.columns[status].values
        ended = [value for value in values if plain_word(value) in ENDED or plain_word(value) in GOOD]
        meaning = quoted(f"With which words of {mapping.columns[status].heading} is it over?")
        yield f"  final: {{meaning: {meaning}, usual: {flow(ended)}}}"
        yield f"  # its words: {flow([value for value in values if value not in ended])} count as open"
    if severity:
        heights = {value: height_of(value) for value in mapping.columns[severity].values}
        groups = {
            "critical": [value for value, height in heights.items() if height is not None and height >= _CRITICAL],
            "high": [value for value, height in heights.items() if height == _HIGH],
        }
        groups["lower"] = [value for value in heights if value not in (*groups["critical"], *groups["high"])]
        for group, found in groups.items():
            means = {"critical": "critical, the highest", "high": "high", "lower": "lower than high"}[group]
            yield f'  {group}: {{meaning: "Which words say {means}?", usual: {flow(found)}}}'
    if not status and not severity:
        yield f"  final: {{meaning: {FILL_IN} which words say that it is over, usual: []}}"


def _status(mapping: TableMapping) -> str:
    """Return the name of the column that says how an item stands; empty where none seems to."""
    best = {name: _known(guess) for name, guess in _worded(mapping).items()}
    name = max(best, key=lambda each: best[each], default="")
    return name if name and best[name] else ""


def _known(guess: Guess) -> int:
    return sum(plain_word(value) in ENDED or plain_word(value) in GOOD for value in guess.values)


def _severity(mapping: TableMapping) -> str:
    """Return the name of the column that says how severe an item is; empty where none seems to."""
    for name, guess in _worded(mapping).items():
        heights = [height_of(value) for value in guess.values]
        if len(heights) > 1 and all(height is not None for height in heights):
            return name
    return ""


def _worded(mapping: TableMapping) -> dict[str, Guess]:
    return {
        name: guess
        for name, guess in mapping.read.items()
        if guess.settings["type"] == "text" and 0 < len(guess.values) <= _WORDS and not guess.people
    }
