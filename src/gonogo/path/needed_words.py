"""A change in words: what is known of a fact, and what would be enough, with the exact boundary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from gonogo.core.wording import LARGEST, gap_predicate, listing, number_text, percent_text, shown, unit_text
from gonogo.model.canonical import fraction_text
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.fact import FactType
from gonogo.model.judgement import Leaf
from gonogo.path.bench import At, Bench
from gonogo.path.dial import Dial, DialPosition

Holds = Callable[[At], bool]
"""Whether what is wanted holds with the dials at some positions."""
_ITEMS: Final = 5


ANY: Final = "any value that can be true"


def needed_together(bench: Bench, number: int, at: At, holds: Callable[[Bench, At], bool]) -> str:
    """Return what one dial must show; where another one of its comparison moves too, that comparison itself.

    A boundary that hangs on what somebody else will show is none: both together must fulfil the comparison.
    """
    shared = bench.together(number, at)
    fixed = replace(bench, fixed={leaf.id: bench.outcome(leaf, at) for leaf in shared}) if shared else bench
    words = needed_words(bench, number, at, lambda other: holds(fixed, other))
    if not shared or bench.dials[number].register:
        return words
    texts = [f"`{_text(bench, leaf)}`" for leaf in shared]
    both = f"a value so that {listing(list(dict.fromkeys(texts)), most=3)}"
    return both if words == ANY else f"{words}, and {both}"


def _text(bench: Bench, leaf: Leaf) -> str:
    criterion = bench.asked[leaf.criterion].criterion
    written = criterion.not_applicable_when if leaf.exempts else criterion.require
    text, span = (written or criterion.require).text, leaf.written.span
    return text[span.start : span.end] or text


def needed_words(bench: Bench, number: int, at: At, holds: Holds) -> str:
    """Return what one dial must show so that, with the others where they are, what is wanted holds."""
    dial, there = bench.dials[number], at[number]
    does = [each for each in range(1, len(dial.positions)) if each == there or holds({**at, number: each})]
    if dial.register:
        return _closed(bench, dial, dial.positions[there])
    if dial.positions[there].at is None:
        values = [_value(dial.positions[each], dial) for each in does]
        if len(does) == len(dial.positions) - 1:
            return ANY
        return values[0] if len(values) == 1 else f"one of {listing(values, most=12)}"
    return _limits(dial, there, does)


def _limits(dial: Dial, there: int, does: Sequence[int]) -> str:
    """Say between which boundaries a number may lie: those around the chosen position without a gap."""
    order = sorted(range(1, len(dial.positions)), key=lambda each: dial.positions[each].at or Fraction(0))
    out = [each for each in order if each not in does]
    if len(out) == 1 and order[0] in does and order[-1] in does and dial.positions[out[0]].just is None:
        return f"other than {_value(dial.positions[out[0]], dial)}"
    low = high = order.index(there)
    while low > 0 and order[low - 1] in does:
        low -= 1
    while high + 1 < len(order) and order[high + 1] in does:
        high += 1
    least, most = dial.positions[order[low]], dial.positions[order[high]]
    lower = "" if low == 0 else _limit(least, dial, "more than", "at least", above=True)
    upper = "" if high + 1 == len(order) else _limit(most, dial, "less than", "at most", above=False)
    if least.at == most.at and lower and upper:
        return f"exactly {_value(least, dial)}"
    return " and ".join(filter(None, (lower, upper))) or ANY


def _limit(position: DialPosition, dial: Dial, beyond: str, up_to: str, *, above: bool) -> str:
    """Say a limit: of one that stands only just beyond a boundary, the boundary itself."""
    at, just = position.at, position.just
    if at is not None and just is not None and (at > just) is above:
        return f"{beyond} {_number(just, _entry(position, dial))}"
    return f"{up_to} {_value(position, dial)}"


def _entry(position: DialPosition, dial: Dial) -> Evidence:
    entry = position.entries[dial.name]
    assert isinstance(entry, Evidence)
    return entry


def _value(position: DialPosition, dial: Dial) -> str:
    entry = _entry(position, dial)
    if entry.part is not None and entry.whole is not None:
        return f"{entry.part:,} of {entry.whole:,} ({percent_text(entry.exact)})"
    if entry.type.numeric:
        return _number(entry.exact, entry)
    return shown(entry)


def _number(value: Fraction, entry: Evidence) -> str:
    """Write a boundary exactly: a threshold that is rounded is another threshold."""
    ratio = entry.type is FactType.RATIO
    written = value * 100 if ratio else value
    exact = (written * 100).denominator == 1 or abs(written) >= LARGEST
    text = number_text(written) if exact else fraction_text(written)
    return f"{text}%" if ratio else f"{text} {unit_text(entry.unit, value)}".rstrip()


def _closed(bench: Bench, dial: Dial, position: DialPosition) -> str:
    left, closed = int(position.at or 0), position.closed
    if closed <= 0:
        return "evidence that no item is open" if left == 0 else f"evidence that at most {left:,} items are open"
    keys = _open_keys(bench, dial)
    kept = _keys(position)
    named = [key for key in keys if key not in kept]
    which = f" ({listing(named, most=_ITEMS)})" if named else ""
    if left == 0:
        return f"the open item closed{which}" if closed == 1 else f"all {closed:,} open items closed{which}"
    items = "1 open item" if closed == 1 else f"{closed:,} open items"
    if len(set(named)) < len(keys) and left:
        return f"at least {items} closed, so that at most {left:,} {'is' if left == 1 else 'are'} open"
    return f"at least {items} closed"


def _open_keys(bench: Bench, dial: Dial) -> tuple[str, ...]:
    for fact in dial.facts:
        entry = bench.trial.evidence[fact]
        if isinstance(entry, Evidence) and entry.open_items is not None:
            return entry.open_items
    return ()


def _keys(position: DialPosition) -> tuple[str, ...]:
    entries = (entry for entry in position.entries.values() if isinstance(entry, Evidence))
    return next((entry.open_items for entry in entries if entry.open_items is not None), ())


def now_words(bench: Bench, dial: Dial, unusable: Gap | None) -> str:
    """Return what is known of a dial today, and why it cannot be used where it cannot."""
    if dial.register:
        keys = _open_keys(bench, dial)
        entry = bench.trial.evidence[dial.facts[0]]
        if isinstance(entry, Gap):
            return _gap(entry)
        many = "1 item is" if len(keys) == 1 else f"{len(keys):,} items are"
        value = f"{shown(entry)}, {many} open" if keys else f"{shown(entry)}, no item is open"
        return f"{value}; {_gap(unusable)}" if unusable is not None else value
    entry = bench.trial.evidence[dial.name]
    if isinstance(entry, Gap):
        return _gap(entry)
    values = list(dict.fromkeys(shown(each) for each in entry.values))
    value = listing(values)
    return f"{value}; {_gap(unusable)}" if unusable is not None else value


def _gap(gap: Gap) -> str:
    return f"it {gap_predicate(gap.reason)}: {gap.detail.rstrip('.')}"
