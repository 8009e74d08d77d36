"""How each fact is counted, in one sentence for people who never open a program file. Pure.

The settings of a program stand in its log, so that an old run says the same again and a run of an earlier version says
it too. A query is not written out: *by a query that the program wrote* says what a manager can know of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gonogo.core.condition_words import Columns, ColumnWords, operand_words, other_rows, rows_words, shown_word
from gonogo.model.about_people import heading_words, personal_word, why_about_people
from gonogo.text import listed

BY_QUERY: Final = "by a query that the program wrote"
_VALUES: Final = {"sum": "adds up", "min": "the smallest of", "max": "the largest of", "mean": "the mean of"}
_TRUTHS: Final = {"any": "at least one row", "all": "every row", "none": "no row"}
_DATED: Final = ("date", "instant")
_HIDDEN: Final = "PII"
_LONG: Final = 60
_CAPITAL: Final = re.compile(r"(?<!\w)[^\W\d_a-z]\w*")
_STANDS: Final = frozenset({"status", "state", "phase", "stage", "result", "outcome", "verdict"})
"""Words of a heading under which *In Progress* is no name."""


def bindings_of(program: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the bindings of a program by id.

    Args:
        program: Its document, as it is recorded.
    """
    given = program.get("bindings")
    return {str(each.get("id")): each for each in given if isinstance(each, Mapping)} if isinstance(given, list) else {}


def counting_words(binding: Mapping[str, Any], fact: str) -> str:
    """Return how a source counts a fact, without a capital and a full stop; empty where its settings do not decide it.

    Args:
        binding: Its document.
        fact: Full name.
    """
    if binding.get("plugin") != "table":
        return _set_words(binding)
    measure = measures_of(binding).get(fact)
    if measure is None:
        return ""
    tables = _mapping(_mapping(binding.get("settings")).get("tables"))
    if "sql" in measure:
        inputs = [str(each) for each in measure.get("inputs") or ()]
        over = f" over {len(inputs)} tables" if len(inputs) > 1 else ""
        return f"{BY_QUERY}{over}"
    name = str(measure.get("table") or next(iter(tables), ""))
    columns = _columns(_mapping(tables.get(name)), personal=_about_people(binding))
    said = _measured(measure, columns, f" of {name!r}" if len(tables) > 1 else "")
    return f"{said}{_group(measure, columns)}{_blanks(measure, _mapping(tables.get(name)), columns)}" if said else ""


def query_of(binding: Mapping[str, Any], fact: str) -> str:
    """Return the query that gives a fact, on one line; empty where none does, or where it may name somebody."""
    measure = measures_of(binding).get(fact, {})
    if not isinstance(measure.get("sql"), str):
        return ""
    tables = _mapping(_mapping(binding.get("settings")).get("tables"))
    read = [_mapping(tables.get(str(each))) for each in measure.get("inputs") or ()]
    columns = [each for table in read for each in _columns(table, personal=_about_people(binding)).values()]
    return "" if any(each.personal for each in columns) else " ".join(measure["sql"].split())


def measures_of(binding: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return how a table measures each of its facts, by full name; none of any other source."""
    if binding.get("plugin") != "table":
        return {}
    prefix, facts = binding.get("prefix"), _mapping(_mapping(binding.get("settings")).get("facts"))
    return {
        f"{prefix}.{name}" if prefix else str(name): measure
        for name, measure in facts.items()
        if isinstance(measure, Mapping)
    }


def speaks_of_people(binding: Mapping[str, Any], heading: str) -> bool:
    """Return whether what stands under a heading, or is set by a name, may be about somebody."""
    return _about_people(binding) or bool(personal_word(heading))


def _set_words(binding: Mapping[str, Any]) -> str:
    """Return what the program sets about how a reader of gonogo, or a plugin, counts; empty where it sets nothing."""
    if binding.get("plugin") == "attestation":
        return ""
    hidden = _about_people(binding)
    said = [_set_word(str(key), value, hidden) for key, value in _mapping(binding.get("settings")).items()]
    return f"by the reader {binding.get('plugin')!r}, for which the program sets {listed(said)}" if said else ""


def _set_word(key: str, value: Any, hidden: bool) -> str:
    words = key.replace("_", " ")
    if isinstance(value, bool):
        return f"{words}: {'yes' if value else 'no'}"
    if isinstance(value, (list, tuple, Mapping)):
        return f"{words} ({len(value)} {'entry' if len(value) == 1 else 'entries'})"
    text = " ".join(str(value).split())
    return words if hidden or personal_word(words) else f"{words}: {text if len(text) <= _LONG else text[:_LONG] + '…'}"


def _measured(measure: Mapping[str, Any], columns: Columns, table: str) -> str:
    kind = next((each for each in ("count", "share", "only", *_VALUES, *_TRUTHS) if measure.get(each) is not None), "")
    asked = _mapping(measure.get(kind)) if kind else {}
    where, rows = _text(asked.get("where")), f"rows{table}"
    held = f" {rows_words(where, columns)}" if where else ""
    if kind == "count":
        return _counted(asked, held, rows, columns)
    if kind == "share":
        among = _among(asked, rows, columns)
        if asked.get("weigh"):
            weight = repr(_heading(str(asked["weigh"]), columns))
            return f"adds up {weight} of {rows}{held}, as a share of {weight} of {among}"
        per = _text(_mapping(asked.get("per")).get("column"))
        whole = f"each {_heading(per, columns)!r} in {among}" if per else among
        return f"{_counted(asked, held, rows, columns)}, as a share of {whole}"
    if kind in _TRUTHS:
        asks = f", asking about {among}" if (among := _among(asked, rows, columns)) != f"all {rows}" else ""
        return f"whether {_TRUTHS[kind]}{table} is one{held}{asks}"
    if not kind:
        return ""
    of = operand_words(_text(asked.get("of")), columns)
    of += " (without its sign)" if asked.get("absolute") else ""
    if kind == "only":
        return f"the one value of {of} on which {'all ' if not held else ''}{rows}{held} agree"
    return f"{_VALUES[kind]} {of} over {'all ' if not held else ''}{rows}{held}"


def _counted(asked: Mapping[str, Any], held: str, rows: str, columns: Columns) -> str:
    per = _mapping(asked.get("per"))
    if not per:
        return f"counts {'all ' if not held else ''}{rows}{held}"
    thing = repr(_heading(str(per.get("column")), columns))
    need = "any row is one" if per.get("need") == "any" else "every row is one"
    return f"counts each {thing} once" + (f", of which {need}{held}" if held else "")


def _among(asked: Mapping[str, Any], rows: str, columns: Columns) -> str:
    among = _text(asked.get("among"))
    if not among:
        return f"all {rows}"
    others = other_rows(among, columns)
    return f"all {rows} but those {others}" if others else f"the {rows} {rows_words(among, columns)}"


def _group(measure: Mapping[str, Any], columns: Columns) -> str:
    by = _mapping(measure.get("by"))
    if not by:
        return ""
    least = by.get("min_group")
    small = f"; groups of fewer than {least} are put together" if isinstance(least, int) and least > 1 else ""
    return f", in the {by.get('take')} group by {_heading(str(by.get('column')), columns)!r}{small}"


def _blanks(measure: Mapping[str, Any], table: Mapping[str, Any], columns: Columns) -> str:
    """Return what a blank cell counts as in a column that the fact names, because that may make it better."""
    said = str(measure)
    meant = [
        (columns[name], _text(_mapping(column).get("blank")))
        for name, column in _mapping(table.get("columns")).items()
        if name in said and _text(_mapping(column).get("blank"))
    ]
    return "".join(
        f"; a blank {column.heading!r} counts as {'a word that is not shown' if column.personal else shown_word(blank)}"
        for column, blank in meant
    )


def _columns(table: Mapping[str, Any], *, personal: bool) -> dict[str, ColumnWords]:
    found = {}
    for name, column in _mapping(table.get("columns")).items():
        settings = _mapping(column)
        heading = _text(settings.get("header")) or str(name)
        about = bool(personal_word(heading)) or (personal and not _of_things(heading, settings))
        given = _text(settings.get("given"))
        found[str(name)] = ColumnWords(heading, settings.get("type") in _DATED, about, given)
    return found


def _of_things(heading: str, column: Mapping[str, Any]) -> bool:
    """Return whether a column of a file about people holds words of a closed list that name nobody: its status."""
    words = column.get("allowed") if isinstance(column.get("allowed"), (list, tuple)) else column.get("known")
    texts = [str(each) for each in words] if isinstance(words, (list, tuple)) else []
    stands = bool(_STANDS & set(heading_words(heading)))
    named = not stands and any(len(_CAPITAL.findall(text)) > 1 for text in texts)
    return bool(texts) and not named and not why_about_people(heading, texts)


def _about_people(binding: Mapping[str, Any]) -> bool:
    return _mapping(binding.get("handling")).get("marking") == _HIDDEN


def _heading(name: str, columns: Columns) -> str:
    return columns[name].heading if name in columns else name


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
