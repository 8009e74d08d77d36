"""What a loaded table shows and its settings do not settle: what one row is, and what the rows are about.

A doubt takes away the facts that it concerns. It is raised from the file itself, so that nobody has to think of it
beforehand; a fact that reads the column in question has settled it for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.outline import may_be_outline, may_be_steps, numbers_rows, outlined
from gonogo.collectors.rows.parents import ShownColumn, leaves_children_out, settling
from gonogo.collectors.rows.row_key import KeyCandidate, key_rank, may_be_key, parts_of
from gonogo.collectors.rows.row_subject import About, BoundSubjects, about, worth_watching
from gonogo.collectors.rows.tree import indented, level_of, names_parents, names_rows, trees
from gonogo.collectors.table.headless import headless
from gonogo.collectors.table.look_alikes import aside, doubles
from gonogo.collectors.table.pasted import pasted
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.rival_doubts import rivals_of, twins_of
from gonogo.collectors.table.row_settings import RowsWhere
from gonogo.collectors.table.set_in import nothing_set_in
from gonogo.collectors.table.shown import ColumnToCheck, Doubt, Shown
from gonogo.model.evidence import GapReason

_LISTED: Final = 6
_PLURAL: Final = {
    About.BUILD: "builds",
    About.RELEASE: "releases",
    About.ENVIRONMENT: "environments",
    About.CYCLE: "test cycles",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a table is looked at for.

    Attributes:
        bound: What the evidence is bound to.
        counted: Whether a fact counts its rows and no key is said.
        things: Columns whose values are counted as things.
        dated: The column that says when the content held; empty for none.
    """

    bound: BoundSubjects
    counted: bool
    things: Collection[str] = ()
    dated: str = ""


def doubts_of(loaded: Shown, looked: Looked) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
    """Return what is not settled about a table, and the columns that tell every row apart."""
    seen = loaded.seen()
    doubts = [*headless(loaded), *_subjects(loaded, seen, looked.bound), *_outlines(loaded, seen), *_struck(loaded)]
    doubts += nothing_set_in(loaded)
    doubts += pasted(loaded)
    doubts += rivals_of(loaded)
    doubts += twins_of(loaded, looked.dated)
    key = tuple(loaded.table.unique)
    if looked.counted and not key:
        found = _key(loaded, seen)
        if isinstance(found, Doubt):
            doubts.append(found)
        else:
            key = (found,)
    doubts += aside(loaded, key)
    doubts += doubles(loaded, key, counting=True)
    for thing in sorted(looked.things):
        doubts += doubles(loaded, (thing,), counting=False)
    return tuple(doubts), key


def _subjects(loaded: Shown, seen: Sequence[ColumnToCheck], bound: BoundSubjects) -> Iterator[Doubt]:
    table = loaded.table
    open_ones = [
        each
        for each in seen
        if each.name not in table.subject
        and each.heading not in table.not_subject
        and each.name not in table.not_subject
        and table.unique != (each.name,)
    ]
    if not open_ones:
        return
    holding = _holding(loaded, open_ones, bound)
    for each, first in zip(open_ones, loaded.sample(open_ones), strict=True):
        if not (each.heading in holding or worth_watching(each.heading, first, bound)):
            continue
        values = loaded.values(each)
        kind = about(each.heading, [value for value, _ in values], bound, rows=loaded.rows)
        if kind is not None:
            yield _mixed(loaded, each, kind, values, bound)


def _holding(loaded: Shown, seen: Sequence[ColumnToCheck], bound: BoundSubjects) -> frozenset[str]:
    """Return the headings of columns in which the bound build stands."""
    builds = sorted(bound.spelled)
    if not builds:
        return frozenset()
    found = loaded.holding(seen, builds)
    return frozenset(each.heading for each, holds in zip(seen, found, strict=True) if holds)


def _mixed(
    loaded: Shown, seen: ColumnToCheck, kind: About, values: Sequence[tuple[str, int]], bound: BoundSubjects
) -> Doubt:
    column = seen.name or "COLUMN"
    shown = sorted(values, key=lambda entry: (-entry[1], entry[0]))
    listed = ", ".join(f"{value[:60]} ({count:,})" for value, count in shown[:_LISTED])
    more = f" and {len(shown) - _LISTED:,} more" if len(shown) > _LISTED else ""
    own = bound.words(kind)
    ours = f", and the evidence is bound to {own}" if own else ""
    unread = "" if seen.name else f" (read it as a column first: {{header: {seen.heading!r}}})"
    which = "" if own else ", counts: [...]"
    settle = (
        f"say which rows count by subject: {{{column}: {{kind: {kind}{which}}}}}{unread}, or why it does not matter by "
        f"not_subject: {{{seen.heading!r}: reason}}"
    )
    many = f"{len(values):,} {_PLURAL[kind]}" if len(values) > 1 else f"another {kind} than the one that counts"
    start = f"{loaded.source.place}: the column {seen.heading!r} names {many}"
    return Doubt(
        GapReason.MIXED_SUBJECTS,
        f"{start}, by rows: {listed}{more}{ours}; {settle}",
        f"{start}; {settle}",
        frozenset({seen.name} - {""}),
    )


def _outlines(loaded: Shown, seen: Sequence[ColumnToCheck]) -> Iterator[Doubt]:
    rule = loaded.table.rows.get(NoItem.PARENT)
    place, looked = loaded.source.place, [each for each in seen if each.heading not in loaded.table.not_subject]
    if isinstance(rule, RowsWhere) and rule.values:
        yield from _children(loaded, rule, seen)
    if rule is not None:
        return
    settle = "or rows: {parent: counts} if they are items"
    levels = trees((each.heading, loaded.column(each)) for each in looked if level_of(each.heading) is not None)
    if levels:
        sentence = (
            f"{place}: the columns {', '.join(map(repr, levels[:_LISTED]))} show that some rows are parents of others; "
            f"say rows: {{parent: {{column: ..., values: [...]}}}} by a column that shows the parents, {settle}"
        )
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)
        return
    if loaded.source.nested:
        rows = first_few([str(row) for row in loaded.source.nested[:SHOWN]], len(loaded.source.nested))
        sentence = (
            f"{place}: {loaded.source.row_word} {rows} indented below others, by outline level or cell indent; say "
            f"rows: {{parent: set_in}} to leave the rows above them out, {settle}"
        )
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)
        return
    for each in looked:
        keys = _keys(loaded, each, seen) if names_parents(each.heading) else []
        shown = ShownColumn(each.heading, each.name, loaded.column(each)) if _may_show(each) else None
        if shown is not None and _shows_parents(each, shown, keys):
            sentence = (
                f"{place}: the column {each.heading!r} shows that some rows are parents of others; say "
                f"{settling(_as_written(loaded, shown), keys)}"
            )
            yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence, frozenset({each.name} - {""}))
            return


def _as_written(loaded: Shown, shown: ShownColumn) -> ShownColumn:
    """Return a column without its cells where they are not what the file writes: a yes and no became true and false."""
    column = loaded.table.columns.get(shown.name)
    return shown if column is None or column.type is not ColumnType.BOOLEAN else replace(shown, cells=())


def _children(loaded: Shown, rule: RowsWhere, seen: Sequence[ColumnToCheck]) -> Iterator[Doubt]:
    """Yield that rows are left out which name a parent: they are the children."""
    column = ShownColumn(heading_of(loaded.table, rule.column), rule.column, ())
    keys = _keys(loaded, ColumnToCheck(column.heading, "", rule.column), seen) if names_parents(column.heading) else []
    if leaves_children_out(column, rule.values, keys):
        sentence = (
            f"{loaded.source.place}: the column {column.heading!r} names the parent of each row, so what rows: "
            "{parent: {values: ...}} leaves out are the children, not the parents; say names_parent: and the column of "
            "the key instead of values:, or rows: {parent: counts} if parents are items too, as epics and stories are"
        )
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)


def _may_show(each: ColumnToCheck) -> bool:
    return may_be_outline(each.heading) or bool(each.raw)


def _shows_parents(each: ColumnToCheck, shown: ShownColumn, keys: Sequence[ShownColumn]) -> bool:
    if not may_be_outline(each.heading):
        return indented(shown.cells)
    return outlined(each.heading, shown.cells, [cell for key in keys for cell in key.cells])


def _keys(loaded: Shown, column: ColumnToCheck, seen: Sequence[ColumnToCheck]) -> list[ShownColumn]:
    """Return the columns by which a row may be named: the key, and those whose headings say so."""
    by = [
        ColumnToCheck(heading_of(loaded.table, name), f"CAST({named(name)} AS VARCHAR)", name)
        for name in loaded.table.unique
    ]
    by += [one for one in seen if one.heading != column.heading and names_rows(one.heading)]
    return [ShownColumn(each.heading, each.name, loaded.column(each)) for each in by]


def _struck(loaded: Shown) -> Iterator[Doubt]:
    if loaded.source.strikes and loaded.table.rows.get(NoItem.STRUCK) in (None, "left_out"):
        sentence = (
            f"{loaded.source.place}: a conditional format strikes rows through where its rule holds "
            f"({first_few(list(loaded.source.strikes[:SHOWN]), len(loaded.source.strikes))}), and such rules are not "
            "computed here; say rows: {struck: {column: ..., values: [...]}} by what the rule tests, or {struck: "
            "counts} if such rows are items"
        )
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)
        return
    struck = loaded.source.struck
    if struck:
        rows = first_few([str(row) for row in struck[:SHOWN]], len(struck))
        sentence = (
            f"{loaded.source.place}: {loaded.source.row_word} {rows} struck through; say rows: {{struck: left_out}}, "
            "or {struck: counts} if such rows are items"
        )
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)


def _key(loaded: Shown, seen: Sequence[ColumnToCheck]) -> str | Doubt:
    """Return the column that tells every row apart, or why nothing does."""
    candidates = [each for each in seen if not numbers_rows(each.heading)]
    counts = loaded.distinct(candidates) if candidates else []
    steps = [
        each.heading
        for each, count in zip(candidates, counts, strict=True)
        if may_be_steps(each.heading) and count < loaded.rows
    ]
    known = zip(candidates, counts, strict=True)
    kept = {each.heading: KeyCandidate(each.heading, count, loaded.column(each)) for each, count in known}
    whole = [each for each, count in zip(candidates, counts, strict=True) if count == loaded.rows and each.name]
    whole = [each for each in whole if each.name not in loaded.spoilt]
    whole.sort(key=lambda each: key_rank(each.heading))
    if whole and not steps:
        found = [_parts(each, kept, loaded.rows) for each in whole]
        for each, part in zip(whole, found, strict=True):
            if not part and _key_kind(loaded, each, kept[each.heading]):
                return each.name
        steps = [part for part in found if part]
    rows = f"{loaded.rows:,} rows"
    partial = [
        (count, each) for each, count in zip(candidates, counts, strict=True) if 1 < count < loaded.rows and each.name
    ]
    hint = ""
    whole = [each for each in whole if not loaded.table.columns[each.name].allowed]
    if whole and not steps:
        hint = f"; {whole[0].name} tells every row apart: unique: [{whole[0].name}], if it names what a row is"
    elif partial:
        count, each = max(partial, key=lambda entry: entry[0])
        hint = f"; {each.name} has {count:,} values in {rows}, to count by: per: {{column: {each.name}, need: every}}"
    why = (
        f"the column {steps[0]!r} shows that rows are steps or runs of something"
        if steps
        else f"no column that is read is a key that tells its {rows} apart"
    )
    sentence = (
        f"{loaded.source.place}: nothing says what one row is: {why}; say the key by unique: [...], or in words what "
        f"one row is by one_row: ...{hint}"
    )
    return Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence, counting=True)


def _key_kind(loaded: Shown, each: ColumnToCheck, kept: KeyCandidate) -> bool:
    """Return whether a column is of the kind of a key: the settings say id, or its heading or values do."""
    return loaded.table.columns[each.name].type is ColumnType.ID or may_be_key(each.heading, kept.values)


def _parts(key: ColumnToCheck, kept: Mapping[str, KeyCandidate], rows: int) -> str:
    others = (other for heading, other in kept.items() if heading != key.heading)
    return parts_of(kept[key.heading], others, rows)
