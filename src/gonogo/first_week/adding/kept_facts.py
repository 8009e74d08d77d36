"""Facts whose settings say more than a sheet shows: a correction reaches them too, or a person says that they stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.changed_answers import ChangedAnswer
from gonogo.first_week.adding.confirmed_answers import KEPT, STAYS
from gonogo.first_week.drafts.answered_draft import AnsweredRow, only_part
from gonogo.first_week.drafts.asked_about import EVERY_ROW
from gonogo.first_week.drafts.drafted_settings import condition_of
from gonogo.first_week.drafts.fact_asks import fact_ask
from gonogo.first_week.drafts.setting_lines import flow
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.model.fact import FactDeclaration

_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_ABOUT: Final = {"share": "among", "all": "among"}
"""Measures that say apart which rows are asked about; any other one says it with the rows that it counts."""
_ONLY: Final = "only rows"


def reached(
    draft: TableDraft,
    stood: Mapping[str, Any],
    declared: Mapping[str, FactDeclaration | None],
    rows: tuple[Sequence[AnsweredRow], Sequence[AnsweredRow]],
    changes: Sequence[ChangedAnswer],
    stays: frozenset[str],
) -> tuple[dict[str, Any], str]:
    """Return the facts that stay as confirmed with what a correction changes of them, and the column that it reads.

    Which rows alone count is put before their own condition. What a word means now reaches no condition that the sheet
    cannot show, so a person chooses the column of such a fact, or says that it stays.

    Args:
        draft: Of the table.
        stood: The settings of each fact as confirmed.
        declared: The facts that the ruleset declares.
        rows: The sheet as it stood and as it was answered.
        changes: What was changed.
        stays: Facts of which a person says that they stay as they are.

    Raises:
        UsageError: A correction concerns a fact that it cannot reach.
    """
    before, after = rows
    kept = [row.about for row in after if row.tag == "fact" and row.answer == KEPT and row.about in stood]
    kept = [name for name in kept if name not in stays]
    if any(each.row.tag == "word" for each in changes):
        _refuse_words(draft, {name: stood[name] for name in kept}, changes)
    if not any(each.row.tag == _ONLY for each in changes):
        return {}, ""
    found: dict[str, Any] = {}
    lost: list[str] = []
    for name in kept:
        ask = declared.get(name)
        old, new = (_only(draft, each, stood[name], ask) for each in (before, after))
        made = _narrowed(stood[name], old, new)
        if made is None:
            lost.append(name)
        else:
            found[name] = made
    if lost:
        raise UsageError(_unreached(lost, "which rows alone count"))
    row = next((row for row in after if row.tag == _ONLY and row.answer not in ("", EVERY_ROW)), None)
    return found, only_part(draft, row).column if row is not None and found else ""


def _only(draft: TableDraft, rows: Sequence[AnsweredRow], fact: Any, declared: FactDeclaration | None) -> str:
    """Return which rows alone count, as a condition of one fact; empty for all."""
    row = next((row for row in rows if row.tag == _ONLY and row.answer not in ("", EVERY_ROW)), None)
    if row is None:
        return ""
    counted = isinstance(fact, Mapping) and not any(measure in fact for measure in _ABOUT)
    surely = counted and not (declared is not None and fact_ask(declared).bad)
    return condition_of(draft, only_part(draft, row), surely=surely)


def _narrowed(fact: Any, old: str, new: str) -> dict[str, Any] | None:
    """Return the settings of a fact with another condition of which rows alone count; None where it has no place."""
    if old == new:
        return dict(fact)
    measures = [key for key, own in fact.items() if isinstance(own, Mapping)] if isinstance(fact, Mapping) else []
    if len(measures) != 1 or "sql" in fact:
        return None
    (measure,) = measures
    own = dict(fact[measure])
    key = _ABOUT.get(measure, "where")
    text = own.get(key, "")
    if " or " in _QUOTED.sub("", text):
        if old:
            return None
        text = f"({text})"
    parts = text.split(" and ") if text else []
    if old:
        first, there, rest = text.partition(old)
        whole = (not first or first.endswith(" and ")) and (not rest or rest.startswith(" and "))
        if not there or not whole:
            return None
        parts = [part for part in (first.removesuffix(" and "), rest.removeprefix(" and ")) if part]
    own[key] = " and ".join([*([new] if new else []), *parts])
    if not own[key]:
        del own[key]
    return {**fact, measure: own}


def _refuse_words(draft: TableDraft, kept: Mapping[str, Any], changes: Sequence[ChangedAnswer]) -> None:
    headings = {each.row.of.strip() for each in changes if each.row.tag == "word"}
    columns = [name for name, guess in draft.mapping.columns.items() if guess.heading.strip() in headings]
    lost = [
        fact
        for fact, setting in kept.items()
        if any(re.search(rf"(?<![\w.]){re.escape(each)}(?!\w)", _QUOTED.sub("", _text(setting))) for each in columns)
    ]
    if lost:
        raise UsageError(_unreached(lost, "what a word means"))


def _text(setting: Any) -> str:
    if isinstance(setting, Mapping):
        return " ".join(_text(each) for each in setting.values())
    return setting if isinstance(setting, str) else flow(setting)


def _unreached(facts: Sequence[str], what: str) -> str:
    names = ", ".join(facts)
    return (
        f"you changed {what}, and {names} {'counts' if len(facts) == 1 else 'count'} by that in a way that this sheet "
        f"cannot show. Choose the column on the row of each, or `{STAYS}` there if it is right as it stands."
    )
