"""When an input's content held, by its file name. Modification times are never used."""

from __future__ import annotations

from datetime import UTC, date, datetime
from shlex import quote
from typing import Any

from gonogo.documents import patterns
from gonogo.documents.xlsx.dates import month_of
from gonogo.model.program import AsOf, AsOfRule, ProgramIdentity


class MomentUnknown(Exception):
    """The file name does not tell the moment; the sentence says why."""


def compiled(pattern: str) -> Any:
    """Return the compiled pattern: RE2 syntax, linear time, either one group or the groups year, month and day.

    Raises:
        ValueError: The pattern is malformed or has other groups.
    """
    try:
        expression = patterns.compiled(pattern)
    except ValueError as error:
        raise ValueError(f"{pattern!r} is not a regular expression that RE2 reads: {error}") from error
    names = set(expression.groupindex)
    if names == {"year", "month", "day"} or (expression.groups == 1 and len(names) <= 1):
        return expression
    raise ValueError(f"{pattern!r} needs one group around YYYY-MM-DD, or the groups year, month and day")


def host_moment(rule: AsOf, file_name: str, identity: ProgramIdentity) -> datetime | None:
    """Return the moment where the host knows it (from the file name, or said by a person), else None.

    A date is the first moment of that day in the program's zone.

    Raises:
        MomentUnknown: The rule is the file name and the name has no such date, or more than one place for it.
    """
    if rule.rule is AsOfRule.SAID:
        if rule.at is None:
            raise MomentUnknown("the binding says that somebody states the moment, but not which")
        return rule.at
    if rule.rule is not AsOfRule.FILE_NAME:
        return None
    try:
        expression = compiled(rule.pattern)
    except ValueError as error:
        raise MomentUnknown(str(error)) from error
    matches = list(expression.finditer(file_name))
    if len(matches) != 1:
        times = "nowhere" if not matches else f"in {len(matches)} places"
        raise MomentUnknown(f"the pattern {rule.pattern!r} for its date matches {times} in the name {file_name!r}")
    match = matches[0]
    groups = match.groupdict() if len(expression.groupindex) > 1 else {}
    text = f"{groups['year']}-{_month(groups['month'])}-{groups['day']}" if groups else match.group(1)
    try:
        return identity.day_start(_date(text)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise MomentUnknown(f"{text!r} in the name {file_name!r} is not a date") from error


def why_not_dated(path: str, rule: AsOf, identity: ProgramIdentity) -> str:
    """Return why the day that a person said is not that of a file, and what to do, in a sentence."""
    day = identity.local_date(rule.at) if rule.at is not None else "a day"
    return (
        f"When {path} held is not known: {rule.by} said {day} of other content. Say it of this one: gonogo add PROGRAM "
        f"{quote(path)} --confirm --held DAY."
    )


def _month(text: str) -> str:
    """Return the number of a month, which a name may write as a word: ``Nov``."""
    number = month_of(text.casefold()) if text.isalpha() else 0
    return f"{number:02}" if number else text


def _date(text: str) -> date:
    year, month, day = text.split("-") if "-" in text else (text[:4], text[4:6], text[6:])
    if not (
        text.isascii() and len(year) == 4 and all(part.isdigit() and len(part) <= 4 for part in (year, month, day))
    ):
        raise ValueError("not a date")
    return date(int(year), int(month), int(day))
