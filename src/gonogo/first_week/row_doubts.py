"""What the rows of a table are and what they are about, asked before the collector does: the key, subjects, parents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, cast

from gonogo.collectors.rows.outline import holds_nothing, may_be_outline, may_be_steps, numbers_rows, outlined
from gonogo.collectors.rows.parents import ShownColumn, rule_of_parents, settling
from gonogo.collectors.rows.row_key import (
    KeyCandidate,
    is_key_heading,
    key_rank,
    may_be_half,
    may_be_items,
    may_be_key,
    may_be_names,
    parts_of,
    says_how_it_stands,
)
from gonogo.collectors.rows.row_subject import NOTHING, About, BoundSubjects, about, may_name, worth_watching
from gonogo.collectors.rows.row_subject import plain as plain_heading
from gonogo.collectors.rows.tree import BLANKS, indented, names_parents, names_rows, trees
from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.prose import plain, positions
from gonogo.first_week.sample_grid import Grid, GridNote
from gonogo.first_week.table_columns import Guess

Distinct = Sequence[Collection[Cell]]
_KEY_TYPES: Final = ("id", "text", "integer")
_CASES: Final = ("test case id", "case id")
_PAIRED: Final = 8
"""So many columns are tried two by two."""
_SAMPLE: Final = 2000
_LISTED: Final = 5
NO_KEY: Final = "no key tells"
"""How the note begins that nothing tells rows apart."""
_MOST: Final = 1000
_FIRST: Final = 500
_PLURAL: Final = {
    About.BUILD: "builds",
    About.RELEASE: "releases",
    About.ENVIRONMENT: "environments",
    About.CYCLE: "test cycles",
}


def key_of(
    read: Mapping[str, Guess], columns: Sequence[Sequence[Cell]], headings: Sequence[str], distinct: Distinct
) -> str:
    """Return the column, or the two columns, that tell every item apart, as ``unique:`` lists them; empty for none.

    Where the file shows that rows are steps or runs of something, nobody guesses: a person says what one row is.
    """
    coded = any(is_key_heading(guess.heading) for guess in read.values())
    samples = [_texts(cells[:_SAMPLE], values) for cells, values in zip(columns, distinct, strict=True)]
    usable = [
        (name, guess, samples[guess.index])
        for name, guess in read.items()
        if guess.rows and not (guess.blanks or guess.unreadable) and guess.settings["type"] in _KEY_TYPES
        if guess.settings["type"] not in ("id", "text") or not any(map(_nothing, _askable(distinct[guess.index])))
    ]
    sound = [
        (name, guess)
        for name, guess, cells in usable
        if may_be_key(guess.heading, cells)
        # The first column of a register without any identifier names its items.
        or (not coded and not guess.index and may_be_names(guess.heading, cells))
    ]
    sound.sort(key=lambda entry: _rank(entry[1].heading))
    alone = [name for name, guess in sound if guess.distinct == guess.rows and not numbers_rows(guess.heading)]
    rows = len(columns[0]) if columns else 0
    kept = [
        KeyCandidate(heading, len(values) - ("" in values), cells)
        for heading, cells, values in zip(headings, samples, distinct, strict=True)
    ]
    steps = any(may_be_steps(each.heading) and each.distinct < rows for each in kept)
    for name in () if steps else alone:
        key = kept[read[name].index]
        if not parts_of(key, (each for each in kept if each is not key), rows):
            return name
    if alone or (steps and any(may_be_items(each.heading) and each.distinct < rows for each in kept)):
        return ""
    tried = [
        (name, guess)
        for name, guess, cells in usable
        if guess.distinct < guess.rows and may_be_half(guess.heading, cells)
    ][:_PAIRED]
    for (first, one), (second, other) in combinations(tried, 2):
        if one.distinct * other.distinct < one.rows:
            continue
        pairs = list(zip(columns[one.index], columns[other.index], strict=True))
        if len(set(pairs[:_SAMPLE])) == len(pairs[:_SAMPLE]) and len(set(pairs)) == len(pairs):
            return f"{first}, {second}"
    return ""


def _rank(heading: str) -> int:
    """Return how well a heading names the key. A matrix of requirements has cases too: the first in the file goes."""
    return key_rank("other id" if plain_heading(heading) in _CASES else heading)


def row_doubts(
    grid: Grid,
    columns: Sequence[Sequence[Cell]],
    distinct: Distinct,
    read: Mapping[str, Guess],
    hidden: Sequence[int],
    key: str,
    bounds: Sequence[BoundSubjects] = (),
) -> Iterator[GridNote]:
    """Yield what the collector would call ambiguous or mixed, with the settings that answer it.

    Args:
        grid: The table.
        columns: Cells of every column.
        distinct: Their different values.
        read: Columns that are read, by name.
        hidden: Indexes of columns whose values are not shown.
        key: What ``unique:`` says.
        bounds: What the evidence may be bound to; nothing where no program is known.
    """
    if not grid.rows:
        return
    names = {guess.index: name for name, guess in read.items()}
    texts = [_texts(cells, values) for cells, values in zip(columns, distinct, strict=True)]
    keys = [value for name in key.split(", ") if name in read for value in texts[read[name].index]]
    by_name = [value for n, heading in enumerate(grid.headings) if names_rows(heading) for value in texts[n]]
    levels = trees(zip(grid.headings, texts, strict=True))
    named = [
        ShownColumn(heading, names.get(index, ""), texts[index])
        for index, heading in enumerate(grid.headings)
        if names_rows(heading) or names.get(index) == key
    ]
    shown: list[ShownColumn] = []
    for index, heading in enumerate(grid.headings):
        name = names.get(index, "COLUMN")
        below = heading in levels[1:] or (_set_in(distinct[index]) and indented(texts[index]))
        known = [*keys, *by_name] if names_parents(heading) else ()
        if heading and names.get(index) != key:
            yield from _subject(
                heading, name, columns[index], distinct[index], len(grid.rows), bounds, shown=index not in hidden
            )
        if heading and (below or (may_be_outline(heading) and outlined(heading, texts[index], known))):
            shown.append(ShownColumn(heading, names.get(index, ""), texts[index]))
    if shown:
        yield GridNote(
            f"column {positions([plain(each.heading) for each in shown], len(shown))}",
            f"shows that some rows are parents of others; say {settling(shown[0], named)}",
            stops=True,
            kind="parent",
            left=None if grid.nested else rule_of_parents(shown[0], named),
        )
    if grid.nested:
        rows = positions([str(row) for row in grid.nested[:_LISTED]], len(grid.nested))
        yield GridNote(
            f"row {rows}",
            "indented below others, by outline level or cell indent, so some rows are parents; say rows: {parent: "
            "set_in} to leave the rows above them out, or rows: {parent: counts} where they are items",
            stops=True,
            kind="parent",
            left="set_in" if grid.parents else None,
            rows=tuple(grid.parents),
        )
    also = [
        name
        for name, guess in read.items()
        if key and guess.distinct == guess.rows and not guess.blanks and name not in key.split(", ")
        if is_key_heading(guess.heading) and not numbers_rows(guess.heading) and guess.settings["type"] in _KEY_TYPES
    ]
    if also:
        which = plain(", ".join(also[:_LISTED]))
        yield GridNote(
            "",
            f"{key} is taken for the key, and {which} would tell the rows apart as well; say another one under unique: "
            "if it names what one row is",
        )
    if not key:
        partly = [
            f"{guess.heading} is blank in {guess.blanks:,}" if guess.blanks else f"{guess.heading} repeats"
            for guess in read.values()
            if is_key_heading(guess.heading) and not names_parents(guess.heading) and 0 < guess.distinct < guess.rows
        ]
        hint = _by(read, len(grid.rows))
        yield GridNote(
            "",
            f"{NO_KEY} every row apart as an item of its own{_why(partly)}, so one item could count twice; name "
            f"the columns that do (unique: [...]), or say in words what one row is (one_row: ...){hint}",
            stops=True,
        )


def telling_apart(read: Mapping[str, Guess], rows: int) -> str:
    """Return the first column that tells every row apart, though its heading names no key; empty for none."""
    # Words of a list are things to count by, never what tells rows apart.
    whole = (
        name
        for name, guess in read.items()
        if guess.settings["type"] in _KEY_TYPES and guess.distinct == rows
        if not (guess.values or numbers_rows(guess.heading) or says_how_it_stands(guess.heading, ()))
    )
    return next(whole, "")


def _by(read: Mapping[str, Guess], rows: int) -> str:
    """Return the column that tells every row apart, else that with most values, as the end of a sentence."""
    whole = telling_apart(read, rows)
    if whole:
        return f"; {whole} tells every row apart: unique: [{whole}], if it names what a row is"
    named = {name: guess for name, guess in read.items() if guess.settings["type"] in _KEY_TYPES}
    most = max(((guess.distinct, name) for name, guess in named.items() if 1 < guess.distinct < rows), default=(0, ""))
    return f"; {most[1]} has {most[0]:,} values in {rows:,} rows, to count by" if most[1] else ""


def _why(partly: Sequence[str]) -> str:
    return f" ({plain(', '.join(partly[:_LISTED]))})" if partly else ""


def text(cell: Cell) -> str:
    """Return a cell as the collector compares it: a whole number without a point."""
    return str(int(cell)) if type(cell) is float and cell.is_integer() else str(cell)


def _texts(cells: Sequence[Cell], distinct: Collection[Cell]) -> Sequence[str]:
    """Return the texts of a column's cells; each different value is turned into one once."""
    types = set(map(type, distinct))
    if types <= {str}:
        return cast(Sequence[str], cells)
    if bool in types:  # True equals 1, and is another text
        return [text(cell) for cell in cells]
    if len(distinct) < len(cells):
        written = {value: text(value) for value in distinct}
        return [written[cell] for cell in cells]
    return [text(cell) for cell in cells]


def _set_in(distinct: Collection[Cell]) -> bool:
    """Whether a value begins with a blank, without which none is set in."""
    first = {value[:1] for value in distinct if isinstance(value, str)} - {""}
    return any(not mark.strip(BLANKS) for mark in first)


def _askable(distinct: Collection[Cell]) -> list[Cell]:
    """Return the values that may be placeholders: one that ends in a digit is none, unless it begins like TBD."""
    return [v for v in distinct if not (isinstance(v, str) and v[-1:].isdigit() and v[:1] not in ("t", "T"))]


def _nothing(cell: Cell) -> bool:
    """Whether a cell is a placeholder, which the collector takes for no key."""
    return holds_nothing(text(cell))


def _subject(
    heading: str,
    name: str,
    cells: Sequence[Cell],
    distinct: Collection[Cell],
    rows: int,
    bounds: Sequence[BoundSubjects],
    *,
    shown: bool,
) -> Iterator[GridNote]:
    if len(distinct) > _MOST and not any(_concerns(heading, cells, distinct, bound) for bound in bounds):
        return
    values = sorted({text(cell).strip() for cell in distinct} - {""})[:_MOST]
    found = ((bound, about(heading, values, bound, rows=rows)) for bound in bounds or (NOTHING,))
    bound, kind = next(((bound, kind) for bound, kind in found if kind is not None), (NOTHING, None))
    listed = ", ".join(plain(value, most=40) for value in values[:_LISTED]) if shown else "values not shown"
    more = f" and {len(values) - _LISTED} more" if shown and len(values) > _LISTED else ""
    if kind is None:
        if not bounds and may_name(heading, values):
            yield GridNote(
                f"column {plain(heading)}",
                f"may name builds or releases ({listed}{more}); where one of them is the program's, the collector asks "
                "which rows count. Map the file inside the program's folder, or say --program FOLDER, and it is asked "
                "here",
            )
        return
    own = ", ".join(sorted(bound.spelled if kind is About.BUILD else bound.of(kind)))
    ours = f", and the program is bound to {plain(own, most=120)}" if own else ""
    counts = "" if own else ", counts: [...]"
    many = f"{len(values)} {_PLURAL[kind]}" if len(values) > 1 else f"another {kind} than the one that counts"
    yield GridNote(
        f"column {plain(heading)}",
        f"names {many} ({listed}{more}){ours}; say which rows count, subject: {{{name}: {{kind: {kind}{counts}}}}}, or "
        f"why it does not matter, not_subject: {{{heading}: reason}}",
        stops=True,
    )


def _concerns(heading: str, cells: Sequence[Cell], distinct: Collection[Cell], bound: BoundSubjects) -> bool:
    """Whether a column of very many values is looked at, as the collector has it: a bound build stands in it, or its
    first values are those of a subject.
    """
    return not bound.spelled.isdisjoint(map(text, distinct)) or worth_watching(
        heading, {text(cell) for cell in cells[:_FIRST]}, bound
    )
