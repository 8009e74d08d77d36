"""What is counted no longer: a list that shrank is no progress, and an open item that is gone need not be done."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.comparison.recorded_comparisons import written_at, written_in
from gonogo.comparison.snapshot import Snapshot
from gonogo.core.wording import listing
from gonogo.model.evidence import Evidence
from gonogo.model.finding import ComparisonReading, Finding, Outcome

NOT_KNOWN = "so it is not known whether it is better"
REACHED = "reached now"
UNSURE = "closed or removed: the source does not say which"


def other_bytes(old: Evidence, new: Evidence) -> bool:
    """Whether somebody delivered something else; a count of days grows on the same bytes, and is nobody's setback."""
    return old.source.sha256 != new.source.sha256 or not new.source.sha256


def shrunk(old: Evidence, new: Evidence) -> tuple[int, int] | None:
    """Return how many were counted and how many are, where other bytes count fewer; each source against itself."""
    was = {value.source.binding: value for value in old.values}
    pairs = [(was[value.source.binding], value) for value in new.values if value.source.binding in was]
    for one, other in pairs or [(old, new)]:
        if one.whole is not None and other.whole is not None and other.whole < one.whole and other_bytes(one, other):
            return one.whole, other.whole
    return None


def fewer_words(counts: tuple[int, int], *, where: str = "") -> str:
    """Say that fewer are counted; nobody knows from numbers whether what is missing was done."""
    was, now = counts
    left = was - now
    how_many = "1 item that was counted in the last run is" if left == 1 else f"{left:,} items that were counted are"
    since = "" if left == 1 else " since the last run"
    return f"{how_many} no longer counted{since} ({where}{was:,}, now {now:,})"


def gone_items(old: Evidence, new: Evidence) -> list[str]:
    """Return the open items that are open no longer."""
    now = set(new.open_items or ())
    return [key for key in dict.fromkeys(old.open_items or ()) if key not in now]


def names_every_item(evidence: Evidence) -> bool:
    """Whether the open items of a fact are all that count against it: of a count, a share and a yes or no.

    A number of days or a percentage names what it comes from, such as the activity that is latest.
    """
    if not evidence.type.numeric or evidence.whole is not None:
        return True
    named = len(evidence.open_items or ()) + (evidence.open_left_out or 0)
    return evidence.exact == named


def come_items(old: Evidence, new: Evidence) -> list[str]:
    """Return the items that newly count against a fact; none where one of the lists is not whole, or nobody made it."""
    if old.open_items is None or old.open_left_out or not other_bytes(old, new):
        return []
    was = set(old.open_items)
    return [key for key in dict.fromkeys(new.open_items or ()) if key not in was]


def fails_newly(old: Evidence, new: Evidence) -> bool:
    """Whether an item counts against a fact that did not, and nothing else makes up for it.

    Of a share whose whole did not grow the item was there and did not count against it. Of a count that fell more items
    were closed than opened: that is reported, and is no setback.
    """
    if not come_items(old, new):
        return False
    if old.whole is not None and new.whole is not None:
        return new.whole <= old.whole
    return not new.type.numeric or new.exact >= old.exact


class Counting:
    """What the sources of two runs count: whether a count fell because its source counts fewer.

    Args:
        before: The last run.
        after: This one.
    """

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._wholes: dict[str, list[tuple[str, tuple[int, int] | None]]] = {}
        self.facts: set[str] = set()
        pairs = [(before.answers.get(fact), new) for fact, new in after.answers.items()]
        known = [(old, new) for old, new in pairs if isinstance(old, Evidence) and isinstance(new, Evidence)]
        for old, new in known:
            if old.whole is not None and new.whole is not None:
                counts = shrunk(old, new)
                self._wholes.setdefault(new.source.binding, []).append((new.fact, counts))
                self.facts |= {new.fact} if counts else set()
        self.facts |= {new.fact for old, new in known if self.lost(old, new)}

    def lost(self, old: Evidence, new: Evidence) -> str:
        """Say that fewer are counted, by the fact itself or by its source where an open item is gone; else nothing."""
        counts = shrunk(old, new)
        if counts:
            return fewer_words(counts)
        if new.whole is None and gone_items(old, new):
            for fact, fewer in self._wholes.get(new.source.binding, ()):
                if fewer:
                    return fewer_words(fewer, where=f"{fact}: ")
        return ""

    def unsure(self, old: Evidence, new: Evidence) -> bool:
        """Whether an open item of a count is gone and no fact of its source says how many there are."""
        counted = names_every_item(old) and names_every_item(new)
        gone = new.whole is None and counted and bool(gone_items(old, new))
        return gone and not self._wholes.get(new.source.binding)


def readings_of(fact: str, finding: Finding, requirement: str) -> Iterator[ComparisonReading]:
    """Yield the comparisons of a finding that read a fact."""
    stands = written_in(requirement)
    for reading in finding.comparisons:
        written = written_at(reading.text, stands)
        if written is not None and fact in written.facts:
            yield reading


def counts_against(fact: str, after: Snapshot) -> list[str]:
    """Return the criteria that are open by a fact, or at its limit: one item more is what they are about."""
    found = []
    for finding in after.readers.get(fact, ()):
        for reading in readings_of(fact, finding, after.requirements.get(finding.criterion, "")):
            missed = finding.status.open and reading.outcome is not Outcome.MET
            if missed or (finding.status.judged and reading.margin.partition(" ")[0] == "0"):
                found.append(finding.criterion)
                break
    return found


def against_words(keys: list[str], criteria: list[str]) -> str:
    """Say which items newly count against which criteria."""
    count = "counts" if len(keys) == 1 else "count"
    return f"{listing(keys, most=5)} {count} against {listing(criteria, most=3)} now"


def stands_words(words: str, *, lost: bool, unsure: bool) -> str:
    """Say how a value compares with its threshold; what nobody knows to be done is not called progress."""
    if not lost and not unsure:
        return words
    text = words.removesuffix(", closer").removesuffix(", with more room")
    return text.replace(REACHED, "reached by what remains" if lost else "no longer missed")
