"""What is different in the settings of a source that stays, in words: what is counted may be something else now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.core.counting_words import counting_words, measures_of, speaks_of_people
from gonogo.core.wording import listing

_MOST: Final = 5
"""Settings of a source that are reported one by one."""
_LONGEST: Final = 80
_WORDS: Final = 4
"""Members of a list that are written one by one."""


def setting_notices(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Notice]:
    """Yield how figures are counted otherwise, and which other settings are different.

    Args:
        old: The bindings of the program then, as they are recorded.
        new: Those of now.
    """
    known = {entry.get("id"): entry for entry in old}
    for entry in new:
        was = known.get(entry.get("id"))
        if was is not None:
            yield from _recounted(was, entry)
            yield from _others(was, entry)


def _recounted(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Notice]:
    before, after = measures_of(old), measures_of(new)
    for fact in dict.fromkeys((*before, *after)):
        if fact not in after:
            yield _notice(new, f"it no longer gives {fact}")
        elif fact not in before:
            yield _notice(new, f"it gives {fact} now, and {_verbal(counting_words(new, fact))}")
        elif before[fact] != after[fact]:
            was, now = counting_words(old, fact), counting_words(new, fact)
            how = f"it {_verbal(now)}; before, it {_verbal(was)}" if was != now else _same_words(before, after, fact)
            yield Notice(
                kind=NoticeKind.COUNTING, subject=fact, sentence=f"{new['id']}: {fact} is counted otherwise now: {how}."
            )


def _verbal(words: str) -> str:
    """Return how a fact is counted as what a figure does."""
    return (
        words
        if words.startswith(("counts ", "adds up "))
        else f"is made {words}"
        if words[:3] == "by "
        else (f"says {words}" if words.startswith("whether ") else f"is {words}")
    )


def _same_words(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]], fact: str) -> str:
    """Return what is different where both are said in the same words."""
    both = before[fact], after[fact]
    if "sql" in both[0] and both[0].get("sql") != both[1].get("sql"):
        return "the query that the program wrote is another one"
    keys = [key for key in dict.fromkeys((*both[0], *both[1])) if both[0].get(key) != both[1].get(key)]
    return f"the program says something else about its {listing(keys, most=_MOST)}"


def _others(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Notice]:
    said = {*measures_of(new), *measures_of(old)}
    changes = [each for each in _changes((), old.get("settings"), new.get("settings")) if not _told(each[0], new, said)]
    for path, was, now in changes[:_MOST]:
        what, hidden = _what(path, new)
        if hidden:
            how = "it was changed, and what it says is not shown, because it is about people"
        else:
            how = f"it is {_shown(now)}, and was {_shown(was)}"
        yield _notice(new, f"the program says something else about {what}: {how}")
    if more := len(changes[_MOST:]):
        yield _notice(new, "1 more setting is different" if more == 1 else f"{more} more settings are different")


def _notice(binding: Mapping[str, Any], words: str) -> Notice:
    name = str(binding["id"])
    return Notice(kind=NoticeKind.PROGRAM, subject=name, sentence=f"{name}: {words}.")


def _told(path: tuple[str, ...], binding: Mapping[str, Any], said: set[str]) -> bool:
    """Return whether a change is in how a fact is counted, which is told before."""
    if path[:1] != ("facts",) or len(path) < 2:
        return False
    prefix = binding.get("prefix")
    return (f"{prefix}.{path[1]}" if prefix else path[1]) in said


def _changes(path: tuple[str, ...], old: Any, new: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _changes((*path, f"{key}"), old.get(key), new.get(key))
    elif old != new:
        yield path, old, new


def _what(path: tuple[str, ...], binding: Mapping[str, Any]) -> tuple[str, bool]:
    """Return what a setting is about, in words, and whether its values may be about people."""
    if path[:1] == ("tables",) and len(path) > 3 and path[2] == "columns":
        heading = _heading(binding, path[1], path[3])
        rest = " ".join(path[4:]).replace("_", " ")
        return f"the column {heading!r}{f' ({rest})' if rest else ''}", speaks_of_people(binding, heading)
    if path[:1] == ("tables",) and len(path) > 1:
        rest = " ".join(path[2:]).replace("_", " ")
        return f"the table {path[1]!r}{f' ({rest})' if rest else ''}", False
    return " ".join(path).replace("_", " ") or "what it reads", speaks_of_people(binding, " ".join(path[-1:]))


def _heading(binding: Mapping[str, Any], table: str, column: str) -> str:
    found: Any = binding.get("settings")
    for key in ("tables", table, "columns", column, "header"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else column


def _shown(value: Any) -> str:
    if value is None:
        return "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        flat = all(not isinstance(each, (list, tuple, Mapping)) for each in value)
        return listing([_shown(each) for each in value], most=_WORDS) if flat and value else _number(value)
    if isinstance(value, Mapping):
        return _number(value)
    text = " ".join(str(value).split())
    return text if not isinstance(value, str) else f'"{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'


def _number(value: Any) -> str:
    return "empty" if not value else "1 entry" if len(value) == 1 else f"{len(value)} entries"
