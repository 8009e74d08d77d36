"""A profile as settings of the table collector: word lists put in, facts of the prefix, own settings first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.profiles.profile import FactsOf, Profile

_WORD: Final = re.compile(r"\$(?!(?:now|today|go_live)\b)([a-z][a-z0-9_]*)")
"""A word list; the moments that a query may ask for are none."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """Settings made of a profile.

    Attributes:
        settings: Of the table collector.
        unanswered: Word lists that only a person knows and nobody has answered, in the order of the profile. Facts that
            need them are left out; where a table needs one, the settings are empty.
    """

    settings: dict[str, Any]
    unanswered: tuple[str, ...] = ()


def expanded(
    profile: Profile,
    *,
    prefix: str | None,
    answers: Mapping[str, Sequence[str]] | None = None,
    own: Mapping[str, Any] | None = None,
) -> Expanded:
    """Return the settings of a binding that names a profile.

    Args:
        profile: The profile.
        prefix: ``as`` of the binding; None for full names of facts.
        answers: Word lists that the binding answers.
        own: The binding's own settings, which win key by key.
    """
    words = {name: tuple(each.usual) for name, each in profile.words.items()}
    words |= {name: tuple(found) for name, found in (answers or {}).items()}
    known = {name: found for name, found in words.items() if found}
    facts = facts_of(profile, prefix)
    needed = named_words(profile.tables) | {name for fact in facts.values() for name in named_words(fact)}
    unanswered = tuple(name for name in profile.words if name in needed and name not in known)
    if _closed_words(profile.tables) - known.keys():
        return Expanded({}, unanswered)
    found = {
        "tables": _with_words(profile.tables, known),
        "facts": {
            name: _with_words(_without_meta(fact), known)
            for name, fact in facts.items()
            if not named_words(fact) - known.keys()
        },
    }
    ours = _other_side_given_up(_of_its_table(found, own or {}), own or {})
    return Expanded(merged(ours, own or {}), unanswered)


def _other_side_given_up(found: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile's settings without what a binding says the opposite of: whether a column tells rows apart."""
    more = own.get("tables")
    if not isinstance(more, Mapping):
        return found
    tables = dict(found["tables"])
    for name, said in more.items():
        if name not in tables or not isinstance(said, Mapping):
            continue
        table = dict(tables[name])
        for key, other in (("subject", "not_subject"), ("not_subject", "subject")):
            if isinstance(said.get(key), Mapping) and other in table:
                called = {each for column in said[key] for each in _called(table, said, str(column))}
                table[other] = {column: why for column, why in table[other].items() if column not in called}
        tables[name] = table
    return {**found, "tables": tables}


def _called(table: Mapping[str, Any], said: Mapping[str, Any], column: str) -> set[str]:
    """Return every name and heading of a column that a binding calls by one of them."""
    found = {column}
    for columns in (table.get("columns"), said.get("columns")):
        for name, each in columns.items() if isinstance(columns, Mapping) else ():
            known = each if isinstance(each, Mapping) else {}
            names = {name, *(str(known[key]) for key in ("header",) if key in known), *known.get("also", ())}
            found |= names if column in names else set()
    return found


def _of_its_table(found: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile's settings; where a binding adds tables, each fact says that it is of the profile's own."""
    more = own.get("tables")
    if len(found["tables"]) != 1 or not isinstance(more, Mapping) or not more.keys() - found["tables"].keys():
        return found
    (table,) = found["tables"]
    said = {
        name: fact if "table" in fact or "inputs" in fact else {"table": table, **fact}
        for name, fact in found["facts"].items()
    }
    return {**found, "facts": said}


def facts_of(profile: Profile, prefix: str | None) -> dict[str, Any]:
    """Return the facts of a profile for a prefix: by local names, or with full ones where the binding has none."""
    if prefix is None:
        return {f"{each.prefixes[0]}.{name}": fact for each in profile.facts for name, fact in each.facts.items()}
    return {name: fact for each in profile.facts if prefix in each.prefixes for name, fact in each.facts.items()}


def prefixes_of(profile: Profile) -> list[str]:
    """Return every prefix that a binding of a profile may have."""
    return [prefix for each in profile.facts for prefix in each.prefixes]


def merged(ours: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings in which a binding's own ones win: mappings key by key, anything else as a whole.

    A fact that the binding says itself is taken as it stands, because half of another measure would be a third one.
    """
    found = dict(ours)
    for key, value in own.items():
        before = found.get(key)
        if key == "facts" and isinstance(before, Mapping) and isinstance(value, Mapping):
            found[key] = {**before, **value}
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            found[key] = merged(before, value)
        else:
            found[key] = value
    return found


def better(facts: Sequence[FactsOf]) -> dict[str, str]:
    """Return for each fact that says so whether it is better ``lower`` or ``higher``."""
    return {name: str(fact["better"]) for each in facts for name, fact in each.facts.items() if "better" in fact}


def _without_meta(fact: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fact.items() if key != "better"}


def named_words(value: Any) -> set[str]:
    """Return the word lists that settings name."""
    if isinstance(value, Mapping):
        return set().union(*map(named_words, value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*map(named_words, value))
    return set(_WORD.findall(value)) if isinstance(value, str) else set()


def _closed_words(tables: Mapping[str, Any]) -> set[str]:
    """Return the word lists without which a table cannot be read: all but those that say what is ``known``."""
    columns = [column for table in tables.values() for column in table["columns"].values()]
    rest = [{key: item for key, item in table.items() if key != "columns"} for table in tables.values()]
    return named_words(rest) | named_words([{k: v for k, v in each.items() if k != "known"} for each in columns])


def _with_words(value: Any, words: Mapping[str, Sequence[str]], key: str = "") -> Any:
    """Return settings with words for ``$name``: one by one in a list, as a list of texts in a condition or a query."""
    if isinstance(value, Mapping):
        return {name: _with_words(item, words, name) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return list(dict.fromkeys(_flattened(value, words))) if named_words(value) else list(value)
    if isinstance(value, str) and key == "sql":
        return _WORD.sub(lambda mark: f"({', '.join(map(_as_sql, words[mark[1]]))})", value)
    if isinstance(value, str):
        return _WORD.sub(lambda mark: f"[{', '.join(map(_quoted, words[mark[1]]))}]", value)
    return value


def _flattened(items: Sequence[Any], words: Mapping[str, Sequence[str]]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        whole = _WORD.fullmatch(item) if isinstance(item, str) else None
        if whole:
            found += words.get(whole[1], ())
        else:
            found.append(_with_words(item, words))
    return found


def _as_sql(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
