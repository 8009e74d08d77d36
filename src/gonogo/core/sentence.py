"""The one sentence of a finding: its status, by which comparisons, on which evidence. Everything from the tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo
from fractions import Fraction
from itertools import takewhile
from typing import Final

from gonogo.core.alternatives import Alternative, Checked, part_of
from gonogo.core.wording import WORDS, age_words, day_there, gap_predicate, listing, unit_text
from gonogo.language.requirement import Operator, Requirement
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import AgreeingReading, ComparisonReading, FactReading, Outcome, Status
from gonogo.model.judgement import Leaf

_ONE: Final = Fraction(1)
_FILE: Final = re.compile(r"^[^:;'\"]+\.[A-Za-z][A-Za-z0-9]{0,5}$")
_TRUTHS: Final = {"true": "false", "false": "true"}


def checked(leaves: Sequence[Leaf], readings: Sequence[ComparisonReading]) -> list[Checked]:
    """Return each comparison once, in order."""
    found: list[Checked] = []
    for leaf, reading in zip(leaves, readings, strict=True):
        if leaf.whole is not None and found and found[-1].leaf.whole is leaf.whole:
            found[-1] = Checked(found[-1].leaf, (*found[-1].readings, reading))
        else:
            found.append(Checked(leaf, (reading,)))
    return found


def exempted(exemption: Requirement, facts: Sequence[FactReading], zone: tzinfo) -> str:
    """Say why a criterion asks nothing."""
    read = [reading for reading in facts if reading.fact in exemption.facts]
    return f"Not applicable, because {exemption.text}: {_values_words(read, zone)}."


def unknown(facts: Sequence[FactReading], met: Sequence[Gap]) -> str:
    """Say what lacks. All evidence may be there and the arithmetic have no answer: then ``met`` alone knows why."""
    gaps = [reading.gap for reading in facts if reading.gap is not None] or list(dict.fromkeys(met))
    return f"Unknown: {_lacking(gaps)}."


def decided(
    status: Status,
    requirement: Requirement,
    comparisons: Sequence[Checked],
    facts: Sequence[FactReading],
    zone: tzinfo,
) -> str:
    """Say how a criterion came out, by the comparisons that decided it and the evidence that they read."""
    if status is Status.NOT_MET:
        whole = part_of(requirement.tree, {id(each.leaf.written): each for each in comparisons})
        reasons = [_failed(part, requirement) for part in whole.failed]
        decisive = [each for part in whole.failed for each in part.checks]
        besides = _besides(whole, requirement, facts)
    else:
        decisive = [each for each in comparisons if each.helped is Outcome.MET] or list(comparisons)
        reasons, besides = [_reason(each, requirement, short=False) for each in decisive], ""
    named = {fact for each in decisive for fact in each.facts}
    read = [reading for reading in facts if reading.fact in named and reading.gap is None]
    word = "Met" if status is Status.MET else "Not met"
    parts = [
        f"{word}: {listing(reasons, most=4)}",
        _values_words(read, zone),
        *filter(None, map(_agreed, read)),
        besides,
    ]
    return "; ".join(filter(None, parts)) + "."


def _failed(part: Alternative, requirement: Requirement) -> str:
    """Say what failed; of alternatives that none holds, and that one would do."""
    if part.check is not None:
        return _reason(part.check, requirement, short=True)
    ways = [" and ".join(_failed(one, requirement) for one in way.failed) for way in part.parts]
    return f"none of the alternatives holds, and one would be enough ({'; or '.join(ways)})"


def _besides(whole: Alternative, requirement: Requirement, facts: Sequence[FactReading]) -> str:
    """Say what is not known either: who mends the failure must not find out one by one."""
    gaps = {reading.fact: reading.gap for reading in facts if reading.gap is not None}
    lacking: list[Gap] = []
    others: list[str] = []
    for check, alternatives in whole.open:
        lacking += [gaps[fact] for fact in sorted(check.facts & gaps.keys()) if gaps[fact] not in lacking]
        others += [_failed(one, requirement) for part in alternatives for one in part.failed]
    if not lacking:
        return ""
    instead = f", and no alternative to it holds ({listing(list(dict.fromkeys(others)))})" if others else ""
    return f"also not known: {_lacking(lacking)}{instead}"


def _lacking(gaps: Sequence[Gap], most: int = 3) -> str:
    """Say what is wrong with facts, once for those that lack for the same reason."""
    groups: dict[tuple[GapReason, str], list[str]] = {}
    for gap in gaps:
        groups.setdefault((gap.reason, gap.detail.rstrip(".")), []).append(gap.fact)
    parts = [
        f"{listing(facts)} {gap_predicate(reason, many=len(facts) > 1)} ({detail})"
        for (reason, detail), facts in groups.items()
    ]
    return "; ".join([*parts[:most], *([f"and {len(parts) - most} more"] if len(parts) > most else [])])


def _reason(each: Checked, requirement: Requirement, *, short: bool) -> str:
    """Say one comparison: fact, value, threshold and margin, the unit once."""
    reading = each.readings[0]
    span = each.leaf.comparison.left.span
    subject = requirement.text[span.start : span.end]
    needed = [_bare(one.right, reading.left) for one in each.readings]
    if len(needed) > 1:
        words = "one of" if each.needed is Operator.EQ else "other than"
        return f"{subject} is {reading.left} ({words} {listing(needed)} needed)"
    if reading.right in _TRUTHS:
        must = reading.right if each.needed is Operator.EQ else _TRUTHS[reading.right]
        return f"{subject} is {reading.left}" + (f" and must be {must}" if short else "")
    margin = _bare(reading.margin, reading.left)
    verb = "is" if needed[0] == reading.right else "stands at"
    sentence = f"{WORDS[each.needed]} {needed[0]} needed{', margin ' + margin if margin else ''}"
    return f"{subject} {verb} {reading.left} ({sentence})"


def _bare(text: str, like: str) -> str:
    """Return a number without its unit where ``like`` has the same one; anything else as it is."""
    (number, _, unit), other = text.partition(" "), like.partition(" ")[2]
    alike = unit_text(unit, _ONE) == unit_text(other, _ONE)
    return number if unit and unit[0].isalpha() and alike else text


def _values_words(facts: Sequence[FactReading], zone: tzinfo) -> str:
    """Basis, source and age of what was read, once for each file; the oldest age of each."""
    groups: dict[str, int] = {}
    for reading in facts:
        values: list[FactReading | AgreeingReading] = [reading, *(reading.agreeing or ())]
        for value in values:
            if value.basis is not None and value.age_days is not None:
                file = listing(_files(value.source), most=3)
                by = f" by {value.stated_by}" if value.stated_by else ""
                text = f"{value.basis.value}{by} in {file}"
                text += rows_words(value, zone) if isinstance(value, FactReading) else ""
                groups[text] = max(groups.get(text, 0), value.age_days)
    return listing([f"{text}, {age_words(age)}" for text, age in groups.items()], most=3) or "no evidence"


def rows_words(reading: FactReading, zone: tzinfo) -> str:
    """Say from when to when the rows are that a value rests on, in days of the program; nothing where it is one day."""
    if reading.rows_from is None or reading.as_of is None:
        return ""
    first, last = (day_there(moment, zone) for moment in (reading.rows_from, reading.as_of))
    return "" if first == last else f", rows from {first} to {last}"


def _files(source: str) -> list[str]:
    """Return the files at the head of a place; the first part where none looks like one."""
    first, *rest = source.split(", ")
    return [first, *takewhile(_FILE.search, rest)]


def _agreed(reading: FactReading) -> str:
    """Say what agreeing sources say, where it is not the same."""
    values = list(dict.fromkeys([reading.shown, *(value.shown for value in reading.agreeing or ())]))
    return (
        f"sources of {reading.fact} say {listing(values)}: the value that helps least counts" if len(values) > 1 else ""
    )
