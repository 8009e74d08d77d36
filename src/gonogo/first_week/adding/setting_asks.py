"""What a binding workbook asks of a file that a collector reads as it is: the settings that only a person knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.model.program import Binding
from gonogo.plugin.discovery import discover
from gonogo.plugin.trial import try_settings


@dataclass(frozen=True, slots=True)
class SettingAsk:
    """One setting.

    Attributes:
        key: Of the settings, dotted where one stands in another.
        usual: What counts where nobody says otherwise; empty where nothing does.
        note: What it means.
        offered: What may be chosen; nothing where anything may be written.
        number: Whether it is written as a whole number.
        several: Whether several may be written, apart by semicolons.
        where_needed: Whether it is asked only where a fact is unknown because nobody says it.
    """

    key: str
    usual: str
    note: str
    offered: tuple[str, ...] = ()
    number: bool = False
    several: bool = False
    where_needed: bool = False


_ASKS: Final[dict[str, tuple[SettingAsk, ...]]] = {
    "schedule": (
        SettingAsk("golive", "", "The activity that is go-live, as the schedule writes its name, code or number."),
        SettingAsk("committed", "", "The day of go-live to which both sides committed."),
        SettingAsk(
            "baseline",
            "",
            "The file has several baselines that differ: the number of the one that both sides agreed on.",
            number=True,
            where_needed=True,
        ),
        SettingAsk(
            "dropped",
            "",
            "Names or numbers of the withdrawn work that both sides agreed to drop, apart by semicolons.",
            several=True,
            where_needed=True,
        ),
    ),
    "raid": (
        SettingAsk(
            "impact_scale",
            "",
            "Which of the template's two impact scales people used: that of its instructions or of its drop-down list.",
            ("instructions", "list"),
        ),
        SettingAsk("high_score", "15", "From which score, probability times impact, a risk is high.", number=True),
        SettingAsk("stale_days", "14", "After how many days without a change an open item is stale.", number=True),
        SettingAsk(
            "risk_modified_column",
            "",
            "Heading of a column that you added to the Risk Log for the day of the last change; the template has none.",
        ),
    ),
    "load": (
        SettingAsk(
            "forecast_peak.requests_per_second",
            "",
            "The forecast peak in requests a second. Without it nothing is said about the load that was held.",
        ),
    ),
}
"""Name of a plugin to what is asked of its bindings."""


def setting_asks(binding: Binding, given: Mapping[str, str]) -> Iterator[SheetLine]:
    """Yield what is asked of the settings of one binding.

    Args:
        binding: As the program has it.
        given: What each fact comes to today, in words.
    """
    for ask in _ASKS.get(binding.plugin, ()):
        value = _value(binding.settings, ask.key)
        if ask.where_needed:
            if value is None and not any(f"`{ask.key}` of the binding" in words for words in given.values()):
                continue
        elif binding.plugin == "schedule" and not isinstance(value, str):
            continue
        yield SheetLine("setting", ask.key, answer=_shown(value) or ask.usual, offered=ask.offered, note=ask.note)


def _value(settings: Mapping[str, Any], key: str) -> Any:
    first, _, rest = key.partition(".")
    value = settings.get(first)
    return _value(value if isinstance(value, Mapping) else {}, rest) if rest else value


def _shown(value: Any) -> str:
    """Return a setting as a cell holds it; empty where nobody said it."""
    if isinstance(value, (list, tuple)):
        return "; ".join(f"{each}" for each in value)
    return "" if value is None else f"{value}"


def answered_settings(binding: Binding, rows: Sequence[AnsweredRow]) -> dict[str, Any]:
    """Return the settings of a binding that a person said otherwise, by their outermost key.

    Raises:
        WrongAnswerInSheet: The collector does not take one.
    """
    asks = {ask.key: ask for ask in _ASKS.get(binding.plugin, ())}
    found: dict[str, Any] = {}
    for row in rows:
        ask = asks.get(row.about) if row.tag == "setting" else None
        if ask is None or not row.answer or row.answer == _shown(_value(binding.settings, ask.key)):
            continue
        if ask.number and not row.answer.isdecimal():
            raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is no whole number")
        value: Any = int(row.answer) if ask.number else row.answer
        if ask.several:
            value = [part.strip() for part in row.answer.split(";") if part.strip()]
        key, _, inner = ask.key.partition(".")
        found[key] = {inner: value} if inner else value
    if found:
        _try(binding, found)
    return found


def _try(binding: Binding, changed: Mapping[str, Any]) -> None:
    entry = discover().get(binding.plugin)
    if entry is None:
        return
    [answer] = try_settings([(entry, binding.collector, {**binding.settings, **changed})])
    if answer.refused:
        raise WrongAnswerInSheet(f"the settings cannot be as the sheet says: {answer.refused}")
