"""What is different about facts: values, what is known no more or known now, and the items that are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from gonogo.comparison.fewer_rows import fewer_rows
from gonogo.comparison.notice import AGED, Notice, NoticeKind
from gonogo.comparison.recorded_comparisons import WrittenComparison, written_at, written_in
from gonogo.comparison.shrunk_lists import (
    NOT_KNOWN,
    REACHED,
    UNSURE,
    Counting,
    against_words,
    come_items,
    counts_against,
    fails_newly,
    gone_items,
    names_every_item,
    other_bytes,
    stands_words,
)
from gonogo.comparison.snapshot import Snapshot, ageless
from gonogo.core.wording import WORDS, listing, shown
from gonogo.language.requirement import Operator
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding, Outcome

_FEW: Final = 2
_REASONS: Final = 3
"""Reasons of one source for which facts are unknown as before that are told one by one."""


def changed_facts(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """Return the facts whose recorded answer differs; each of them has a notice."""
    names = before.answers.keys() | after.answers.keys()
    return frozenset(name for name in names if before.answers.get(name) != after.answers.get(name))


def value_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield what is different about each fact; facts that say the same about one source are reported together."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    counting = Counting(before, after)
    known: dict[str, list[str]] = {}
    for fact in sorted(changed_facts(before, after)):
        old, new = before.answers.get(fact), after.answers.get(fact)
        if isinstance(old, Evidence) and isinstance(new, Evidence):
            if _value(old) != _value(new) or (old.part, old.whole) != (new.part, new.whole):
                yield _moved(old, new, before, after, counting)
                continue
            yield from _items(old, new, after)
            if new.as_of < old.as_of:
                local = after.started.program.local_date
                days = f"{local(new.as_of)}, and {local(old.as_of)} in the last run"
                groups.setdefault(("earlier", new.source.binding, days), []).append(fact)
            elif [value.as_of for value in old.values] != [value.as_of for value in new.values]:
                groups.setdefault(("renewed", new.source.binding, ""), []).append(fact)
            elif not items_words(old, new):
                groups.setdefault(("source", new.source.binding, ""), []).append(fact)
        elif isinstance(new, Gap):
            word = "lost" if isinstance(old, Evidence) else "new" if old is None else "gap"
            if word == "gap" and isinstance(old, Gap) and ageless(old.document()) == ageless(new.document()):
                word = "aged"
            groups.setdefault((word, new.binding or "", new.detail), []).append(fact)
        elif isinstance(new, Evidence):
            known.setdefault(new.source.binding, []).append(f"{fact} = {_value_words(new)}")
        else:
            groups.setdefault(("gone", "", ""), []).append(fact)
    for binding, sentence in known.items():
        yield Notice(
            kind=NoticeKind.EVIDENCE, subject=binding, sentence=f"{binding}: known now: {listing(sentence, most=4)}."
        )
    for (word, binding, detail), facts in _fewer(groups).items():
        yield _grouped(word, binding, detail, facts)
    yield from fewer_rows(before, after)


def _fewer(groups: dict[tuple[str, str, str], list[str]]) -> dict[tuple[str, str, str], list[str]]:
    """Return the groups, those together that are unknown as before, of one source and for many other reasons.

    A workbook that was just made gives each of its facts a reason of its own: the cell that is blank.
    """
    of = Counter(binding for word, binding, _ in groups if word == "gap" and binding)
    found: dict[tuple[str, str, str], list[str]] = {}
    for (word, binding, detail), facts in groups.items():
        many = word == "gap" and of[binding] > _REASONS
        found.setdefault(("gaps", binding, "") if many else (word, binding, detail), []).extend(facts)
    return found


def _value(entry: Evidence) -> object:
    return [value.exact if value.type.numeric else value.value for value in entry.values]


def _value_words(entry: Evidence) -> str:
    """What the sources of a fact say, each different value once."""
    return listing(list(dict.fromkeys(shown(value) for value in entry.values)))


def _grouped(word: str, binding: str, detail: str, facts: list[str]) -> Notice:
    names = listing(facts, most=4)
    many = len(facts) > 1
    are, values = ("are", "their values") if many else ("is", "its value")
    sentences = {
        "lost": f"{names} {are} no longer known: {detail}",
        "new": f"{names} {are} now asked and not known: {detail}",
        "gap": f"{names} {are} still unknown, for another reason: {detail}",
        "gaps": f"{binding}: {names} {are} still unknown, each for another reason",
        "aged": AGED,
        "gone": f"No criterion reads {names} any more.",
        "renewed": f"{binding}: {names} {are} newly dated; {values} did not change.",
        "earlier": f"{binding}: {names} {are} dated back: {detail}; {values} did not change.",
        "source": f"{binding}: {names} {are} taken from a different place; {values} did not change.",
    }
    kind = {"renewed": NoticeKind.RENEWED, "source": NoticeKind.RENEWED, "aged": NoticeKind.AGE}.get(
        word, NoticeKind.EVIDENCE
    )
    return Notice(kind=kind, subject=binding or facts[0], sentence=_stopped(sentences[word]), worse=word == "lost")


def _items(old: Evidence, new: Evidence, after: Snapshot) -> Iterator[Notice]:
    words = items_words(old, new)
    if words:
        against, worse = _newly_against(old, new, after)
        sentence = f"{new.fact} stays at {shown(new)}; {words}{against}."
        yield Notice(kind=NoticeKind.ITEMS, subject=new.fact, sentence=sentence, worse=worse)


def _newly_against(old: Evidence, new: Evidence, after: Snapshot) -> tuple[str, bool]:
    """Say against which criteria an item newly counts, and whether that is a setback."""
    criteria = counts_against(new.fact, after) if come_items(old, new) else []
    if not criteria:
        return "", False
    return f"; {against_words(come_items(old, new), criteria)}", fails_newly(old, new)


def items_words(old: Evidence, new: Evidence, *, unsure: bool = False) -> str:
    """Say which open items are new and which are gone; empty where neither is, or nobody named them.

    Of a largest or a least value only those are named that have it, and one that is named no longer may well be open.
    """
    if old.open_items == new.open_items:
        return ""
    was = set(old.open_items or ())
    come, gone = [key for key in dict.fromkeys(new.open_items or ()) if key not in was], gone_items(old, new)
    every = names_every_item(old) and names_every_item(new)
    pairs = (("newly open", come), ("gone", gone)) if every else (("newly named", come), ("no longer named", gone))
    parts = [f"{word}: {listing(keys, most=5)}" for word, keys in pairs if keys]
    words = "; ".join(parts) or "the open items are listed differently"
    return f"{words} ({UNSURE})" if unsure and every else words


def _moved(old: Evidence, new: Evidence, before: Snapshot, after: Snapshot, counting: Counting) -> Notice:
    sentences: list[str] = []
    lost, unsure = counting.lost(old, new), counting.unsure(old, new)
    against, worse = _newly_against(old, new, after)
    for finding in after.readers.get(new.fact, ()):
        earlier = before.by_criterion.get(finding.criterion)
        for words, bad in _against(new.fact, earlier, finding, old, new, after.requirements.get(finding.criterion, "")):
            sentences.append(f"{finding.criterion} {stands_words(words, lost=bool(lost), unsure=unsure)}")
            worse = worse or bad
    items = items_words(old, new, unsure=unsure)
    more = [f"; {lost}, {NOT_KNOWN}" if not worse else f"; {lost}"] if lost else []
    more += [f"; {entry}" for entry in sentences[:_FEW]]
    more += [f"; and {len(sentences) - _FEW} more"] if len(sentences) > _FEW else []
    more += [f"; {items}"] if items else []
    sentence = f"{new.fact} {_verb(old, new)} from {_value_words(old)} to {_value_words(new)}{''.join(more)}{against}."
    fewer = bool(lost) and not worse
    return Notice(kind=NoticeKind.VALUE, subject=new.fact, sentence=sentence, worse=worse or fewer, fewer=fewer)


def _verb(old: Evidence, new: Evidence) -> str:
    if not old.type.numeric or not new.type.numeric or old.exact == new.exact:
        return "changed"
    return "rose" if new.exact > old.exact else "fell"


def _against(
    fact: str, earlier: Finding | None, finding: Finding, old: Evidence, new: Evidence, requirement: str
) -> Iterator[tuple[str, bool]]:
    """Yield, for each comparison of the fact, how it compares with its threshold now, and whether that is a setback."""
    was = {(entry.text, entry.operator): entry for entry in earlier.comparisons} if earlier else {}
    stands = written_in(requirement)
    for reading in finding.comparisons:
        written = written_at(reading.text, stands)
        if written is None or fact not in written.facts:
            continue
        negated = written.negated
        past = was.get((reading.text, reading.operator))
        needed = f"needs {WORDS[Operator(reading.operator)]} {reading.right}" if reading.right else "reads it"
        crossed = past is not None and (past.outcome, reading.outcome) == (Outcome.MET, Outcome.NOT_MET)
        setback = crossed and finding.status.open and not negated
        further = _further(written, old, new)
        if past is None or past.outcome is not reading.outcome:
            yield f"{needed}: {_CROSSED[reading.outcome]}", setback
        elif reading.outcome is Outcome.NOT_MET:
            way = {True: ", further off", False: ", closer", None: ""}[further]
            grew = bool(further) and finding.status.open and not negated
            yield f"{needed}: still missed{way}", grew and other_bytes(old, new)
        elif reading.outcome is Outcome.MET:
            way = {True: ", with less room", False: ", with more room", None: ""}[further]
            yield f"{needed}: still reached{way}", False


_CROSSED: Final = {
    Outcome.MET: REACHED,
    Outcome.NOT_MET: "missed now",
    Outcome.UNKNOWN: "not known now",
}


def _further(written: WrittenComparison, old: Evidence, new: Evidence) -> bool | None:
    """Whether a value moved away from its threshold's good side; None where that cannot be said of it alone."""
    if written.rises is None or not old.type.numeric or not new.type.numeric or old.exact == new.exact:
        return None
    return (new.exact < old.exact) is written.rises


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
