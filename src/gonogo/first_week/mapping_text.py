"""A mapping as YAML: the settings of a table binding, with what was found as comments.

What is printed is accepted by the table collector for the same file. Where a file cannot be read as it stands, the
settings are printed as comments, below what is to be mended first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from gonogo.first_week.dating import dating, rank_of_day
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import counted, plain, quoted
from gonogo.first_week.sample_rows import is_total
from gonogo.first_week.suggestions import Suggestion
from gonogo.first_week.table_columns import Guess
from gonogo.plugin.inputs.dated_names import dated as date_in

PAD = "    "


def mapping_text(mapping: TableMapping, suggestions: Sequence[Suggestion] = (), *, now: datetime | None = None) -> str:
    """Return the mapping, ready to be pasted over the ``settings:`` of a binding of the table collector.

    Args:
        mapping: Of one table.
        suggestions: Facts that it could answer.
        now: What is later is to come, and dates nothing.
    """
    if mapping.headless:
        return "\n".join(_headless(mapping)) + "\n"
    settings = [*_handling(mapping), *_settings(mapping), *_facts(mapping, suggestions)]
    if mapping.stopped:
        settings = [line if line.lstrip().startswith("#") else f"# {line}" for line in settings]
    return "\n".join([*_header(mapping, now), *settings]) + "\n"


def _headless(mapping: TableMapping) -> Iterator[str]:
    yield f"# {plain(mapping.grid.place)}: nobody can tell what its columns are, so nothing of it is shown."
    yield from (f"# ! {plain(str(note), most=600)}" for note in mapping.notes)


def _header(mapping: TableMapping, now: datetime | None) -> Iterator[str]:
    rows = counted(len(mapping.grid.rows), "row")
    yield f"# {plain(mapping.grid.place)}: {rows} below the header. A suggestion: check each line."
    stops = [note for note in mapping.notes if note.stops]
    look = [note for note in mapping.notes if not note.stops]
    if stops:
        yield "#"
        counts = " or counts rows that are not items" if any("second header" in note.sentence for note in stops) else ""
        yield f"# As it is, the collector refuses this file{counts}. Fix or answer {counted(len(stops), 'place')}:"
        yield from (f"# ! {plain(str(note), most=600)}" for note in stops)
        yield "# The settings below are comments until then."
    else:
        where = "`handling:` and `settings:`" if mapping.people else "`settings:`"
        yield f"# Paste it over {where} of a binding (collector: table) in gonogo.yaml; `gonogo lint` checks it."
    if look:
        yield "#"
        yield f"# Look at {counted(len(look), 'place')}:"
        yield from (f"# ! {plain(str(note), most=600)}" for note in look)
    yield "#"
    yield from _as_of(mapping, now)


def _as_of(mapping: TableMapping, now: datetime | None) -> Iterator[str]:
    day = date_in(mapping.file_name)
    found = dating(mapping, now)
    if day is not None:
        yield "# When did the content hold? The file's name says so, if that is what its date means:"
        yield f"#   as_of: {{file_name: '{day.pattern}'}}"
    elif found.may:
        names = ", ".join(found.may[:4])
        yield f"# When did the content hold? A column could say so ({names}), else the file's name, or a person:"
        yield f"#   as_of: {{column: {found.may[0]}, pick: latest}}"
        own = rank_of_day(mapping.read[found.may[0]].heading) > 1
        when = "It says when a row's own result held, and the newest row" if own else "The newest row"
        yield f"#   {when} then dates them all; a finding says from when to when the rows are."
    else:
        yield "# When did the content hold? No column says so; the file's name could, or a person:"
        yield "#   as_of: {at: 2027-04-15, by: Name of who says so}"
    for name, why in found.never.items():
        yield f"#   not {name}: {why}"


def _handling(mapping: TableMapping) -> Iterator[str]:
    if not mapping.people:
        return
    yield f"{PAD}# About people, because {'; '.join(plain(why, most=120) for why in mapping.people[:5])}."
    yield f"{PAD}# Only a person may remove the mark: handling: {{marking: internal, reason: why it names nobody}}"
    yield f"{PAD}handling: PII"


def _settings(mapping: TableMapping) -> Iterator[str]:
    """Yield the settings. The list of a column's words is a comment until a fact compares with them.

    A list that no fact needs would stop the source over a word that nobody looks at. One that holds a word of totals,
    such as ``39 of 40 approved``, is needed: it says that the word is data.
    """
    yield f"{PAD}settings:"
    yield f"{PAD}  tables:"
    yield f"{PAD}    {mapping.table}:"
    for key, value in mapping.grid.settings.items():
        yield f"{PAD}      {key}: {flow(value)}"
    if mapping.key:
        yield f"{PAD}      unique: [{mapping.key}]"
    if mapping.kinds:
        kinds = (f"{kind}: {what if isinstance(what, str) else flow(what)}" for kind, what in mapping.kinds.items())
        yield f"{PAD}      rows: {{{', '.join(kinds)}}}"
    if mapping.footer:
        yield f"{PAD}      control: {{footer: {flow(list(mapping.footer))}}}"
    if mapping.passed_over:
        yield f"{PAD}      ignore: {flow(mapping.passed_over)}"
    yield f"{PAD}      columns:"
    for name, guess in mapping.columns.items():
        yield f"{PAD}        # {_about(guess)}"
        parts = ({} if guess.heading == name else {"header": guess.heading}) | guess.settings
        like_total = any(is_total(value, last=True) for value in guess.values)
        if not like_total and parts.pop("allowed", None):
            words = flow(list(guess.values))
            yield f"{PAD}        # if a fact compares it, add the words that it may hold: allowed: {words}"
        if not guess.left_out:
            yield f"{PAD}        {name}: {flow(parts)}"
            continue
        why = "it is hidden" if guess.concealed else "its cells above are fixed"
        until = f"show it, or say hidden: true; {why}" if guess.concealed else f"ignored until {why}"
        yield f"{PAD}        # {name}: {flow(parts)}   # {until}; then take it out of ignore"


def _about(guess: Guess) -> str:
    parts = [
        counted(guess.distinct, "different value"),
        counted(guess.blanks, "blank") if guess.blanks else "no blanks",
    ]
    if guess.unreadable:
        parts.append(f"{counted(guess.unreadable, 'cell')} NOT of this type")
    if guess.hidden:
        parts.append("values not shown, they may be about people; list them under allowed to compare with them")
    return ", ".join(parts)


def flow(value: Any) -> str:
    """Return settings as one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_word(key, item)}" for key, item in value.items()) + "}"
    return _word("", value)


def _word(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(quoted(str(item)) for item in value) + "]"
    return str(value) if key in ("type", "written") else quoted(str(value))


def _facts(mapping: TableMapping, suggestions: Sequence[Suggestion]) -> Iterator[str]:
    if suggestions:
        prefixes = [entry.fact.name.rpartition(".")[0] for entry in suggestions]
        likely = max(prefixes, key=prefixes.count)
        yield f"{PAD}  # Facts that these columns might answer, found by their words alone. Keep what is true, correct"
        yield f"{PAD}  # the condition, add `allowed:` to each column whose words it compares, and say `as: {likely}`"
        yield f"{PAD}  # in the binding (a fact's name without its last part):"
    for entry in suggestions:
        prefix, _, local = entry.fact.name.rpartition(".")
        yield f"{PAD}  #   {local}: {entry.measure}"
        required = "required, " if entry.required else ""
        yield f"{PAD}  #     # {prefix}.{local} ({required}{entry.fact.type}): {plain(entry.fact.meaning, most=160)}"
        if entry.ask:
            yield f"{PAD}  #     # {plain(entry.ask, most=600)}"
    yield f"{PAD}  # No fact is chosen yet, so the binding answers for nothing: put facts of the criteria in here."
    yield f"{PAD}  facts: {{}}"
