"""Which settings of a source give what is in it another meaning, and could make its value better. Pure.

What a fact counts is its definition and stands in the settings as a whole; reported here is what reads a file otherwise
than it reads by itself: a blank that counts as an answer, words for yes, rows and records that are left out, another
go-live.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gonogo.core.wording import listing
from gonogo.model.decision import Reliance, Trusted
from gonogo.model.program import Binding

_MOST: Final = 3
USUAL: Final[Mapping[str, object]] = {
    "reruns": "worst",
    "unplanned": "gap",
    "high_score": 15,
    "stale_days": 14,
    "long_duration_days": 44,
    "near_critical_days": 5,
    "late_tolerance": "0.10",
}
"""Settings with a value that they have by default; any other is reported."""
_CHOICES: Final[Mapping[str, str]] = {
    "other_releases": "rows of {} are left out as another release's",
    "program_names": "rows of {} count as the whole program's",
    "only": "only {} counts",
    "not_subject": "{} names no release, build, environment or cycle, the binding says",
    "not_rival": "{} does not count, and another column does, the binding says",
    "distinct": "keys that look like one are different items: {}",
    "records": "of the document, only the records at {} are read",
    "rows_at": "the number of records that the document states is read at {}",
    "golive": "go-live is the activity {}",
    "baseline": "lateness counts from baseline {}",
    "dropped": "both sides agreed to drop {}, the binding says",
}
"""Settings that choose or leave out, and what each does to what is in the file."""
_TABLES: Final = ("not_subject", "not_rival", "distinct", "records")


def settings_to_trust(binding: Binding) -> Iterator[Trusted]:
    """Yield what the settings of a source say that could make its values better."""
    settings = binding.settings
    for meaning in (*_top(settings), *_of_tables(settings), *_of_facts(settings)):
        yield Trusted(by=Reliance.SETTINGS, subject=binding.id, sentence=f"{binding.id}: {meaning}.")


def _top(settings: Mapping[str, Any]) -> Iterator[str]:
    for key, usual in USUAL.items():
        if key in settings and f"{settings[key]}" != f"{usual}":
            yield f"{key} is {settings[key]}; the default is {usual} ({key})"
    yield from _chosen(settings, tuple(_CHOICES))
    yield from _rows(settings.get("rows"))


def _chosen(settings: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        value = settings.get(key)
        if value or (value == 0 and not isinstance(value, bool)):
            yield f"{_CHOICES[key].format(_shown(value, names=key in ('not_subject', 'not_rival')))} ({key})"


def _shown(value: Any, *, names: bool = False) -> str:
    """Show a setting in words; of a mapping to reasons only the names."""
    if isinstance(value, Mapping):
        return listing([f"{key}" if names else f"{key} {each}" for key, each in value.items()], most=_MOST)
    return listing([f"{each}" for each in value], most=_MOST) if isinstance(value, (list, tuple)) else f"{value}"


def _rows(rows: Any) -> Iterator[str]:
    if isinstance(rows, Mapping) and rows:
        counting = [f"{kind}" for kind, what in rows.items() if what == "counts"]
        left = [f"{kind}" for kind, what in rows.items() if what != "counts"]
        parts = [f"{listing(left, most=9)} rows are left out"] if left else []
        parts += [f"{listing(counting, most=9)} rows count"] if counting else []
        over = {
            f"{what['written_over']}" for what in rows.values() if isinstance(what, Mapping) and "written_over" in what
        }
        means = {"counts": "count", "left_out": "are left out"}
        parts += [f"rows written over a template's example {means.get(each, each)}" for each in sorted(over)]
        yield f"{' and '.join(parts)} (rows)"


def _of_tables(settings: Mapping[str, Any]) -> Iterator[str]:
    for table in _mappings(settings.get("tables")):
        yield from _chosen(table, _TABLES)
        yield from _rows(table.get("rows"))
        for old, names in (table.get("renamed") or {}).items():
            yield f"the column {_shown(names)} is read as {old} (renamed)"
        control = table.get("control")
        if isinstance(control, Mapping):
            yield from _chosen(control, ("rows_at",))
        for name, subject in _named(table.get("subject")):
            if subject.get("counts"):
                kind = subject.get("kind")
                yield f"rows whose {name} is {_shown(subject['counts'])} count as the {kind} asked for (counts)"
            if subject.get("blank", "refused") != "refused":
                yield f"a row with a blank {name} {'counts' if subject['blank'] == 'counts' else 'is left out'} (blank)"
        for name, column in _named(table.get("columns")):
            if "blank" in column:
                why = f": {column['blank_reason']}".rstrip(".") if column.get("blank_reason") else ""
                yield f"a blank {name} counts as {column['blank']}{why} (blank)"
            for key, meaning in (("yes_words", "yes"), ("no_words", "no")):
                if column.get(key):
                    yield f"{_shown(column[key])} in {name} means {meaning} ({key})"


def _of_facts(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, fact in _named(settings.get("facts")):
        if "any" in fact:
            yield f"{name} is true as soon as one row is as asked (any)"


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (each for _, each in _named(value))


def _named(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        yield from ((f"{key}", each) for key, each in value.items() if isinstance(each, Mapping))
