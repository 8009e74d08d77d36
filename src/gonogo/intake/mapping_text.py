"""A mapping as YAML: the settings of a table binding, with what was found as comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gonogo.intake.bindable import dated as date_in
from gonogo.intake.columns import Guess
from gonogo.intake.mapping import Mapping
from gonogo.intake.suggestions import Suggestion
from gonogo.intake.words import counted, plain, quoted

PAD = "    "


def mapping_text(mapping: Mapping, suggestions: Sequence[Suggestion] = ()) -> str:
    """Return the mapping, ready to be pasted over the ``settings:`` of a binding of the table collector."""
    return "\n".join([*_header(mapping), *_settings(mapping), *_facts(mapping, suggestions)]) + "\n"


def _header(mapping: Mapping) -> Iterator[str]:
    rows = counted(len(mapping.grid.rows), "row")
    yield f"# {plain(mapping.grid.place)}: {rows} below the header. A suggestion: check each line."
    yield "# Paste it over `settings:` of a binding (collector: table) in gonogo.yaml; `gonogo lint` says what is left."
    if mapping.notes:
        yield "#"
        places = counted(len(mapping.notes), "place")
        yield f"# Look at {places} first; the collector refuses most of these, and names the cell:"
    for note in mapping.notes:
        yield f"# ! {plain(str(note), most=600)}"
    dated = [
        (n, g) for n, g in mapping.columns.items() if g.settings["type"] in ("date", "instant") and not g.unreadable
    ]
    yield "#"
    day = date_in(mapping.file_name)
    if day is not None:
        yield "# When did the content hold? The file's name says so, if that is what its date means:"
        yield f"#   as_of: {{file_name: '{day.pattern}'}}"
    elif dated:
        names = ", ".join(name for name, _ in dated[:4])
        yield f"# When did the content hold? A column could say so ({names}), else the file's name, or a person:"
        yield f"#   as_of: {{column: {dated[0][0]}, pick: latest}}"
    else:
        yield "# When did the content hold? No column says so; the file's name could, or a person:"
        yield "#   as_of: {at: 2027-04-15, by: Name of who says so}"


def _settings(mapping: Mapping) -> Iterator[str]:
    yield f"{PAD}settings:"
    yield f"{PAD}  tables:"
    yield f"{PAD}    {mapping.table}:"
    for key, value in mapping.grid.settings.items():
        yield f"{PAD}      {key}: {_flow(value)}"
    if mapping.key:
        yield f"{PAD}      unique: [{mapping.key}]"
    if mapping.ignored:
        yield f"{PAD}      ignore: {_flow(list(mapping.ignored))}"
    yield f"{PAD}      columns:"
    for name, guess in mapping.columns.items():
        yield f"{PAD}        # {_about(guess)}"
        parts = ({} if guess.heading == name else {"header": guess.heading}) | guess.settings
        yield f"{PAD}        {name}: {_flow(parts)}"


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


def _flow(value: Any) -> str:
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


def _facts(mapping: Mapping, suggestions: Sequence[Suggestion]) -> Iterator[str]:
    if suggestions:
        prefixes = [entry.fact.name.rpartition(".")[0] for entry in suggestions]
        likely = max(prefixes, key=prefixes.count)
        yield f"{PAD}  # Facts that these columns might answer, found by their words alone. Take what is true, correct"
        yield f"{PAD}  # the condition, and say `as: {likely}` in the binding (a fact's name without its last part):"
    for entry in suggestions:
        prefix, _, local = entry.fact.name.rpartition(".")
        yield f"{PAD}  #   {local}: {entry.measure}"
        yield f"{PAD}  #     # {prefix}.{local} ({entry.fact.type}): {plain(entry.fact.meaning, most=160)}"
    yield f"{PAD}  facts:"
    yield f"{PAD}    # An example, so that the settings are complete; put the facts that criteria ask for in its place."
    yield f'{PAD}    rows: {{count: {{}}, unit: rows, meaning: "Rows of the table {mapping.table}."}}'
