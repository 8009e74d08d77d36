"""What was not read: bound sources that did not answer fully, and files beside the bound ones that look like them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from gonogo.core.gap_cause import FILL_IN_ACT
from gonogo.core.wording import listing
from gonogo.model.collected import CollectorFinished
from gonogo.report.view import RunView
from gonogo.report.words import count, stopped

_BLANK: Final = " is empty: nobody has answered"
"""What the reason of a question says that nobody answered."""


@dataclass(frozen=True, slots=True)
class UnreadSource:
    """One source.

    Attributes:
        binding: Its id.
        wholly: Whether it gave no answer at all.
        why: What is wrong, in one sentence for each reason.
        facts: What it would have answered; empty where the record does not say.
        criteria: Criteria of the ruleset that read any of these facts, due or not.
        settled: Other sources from which all of these facts that a criterion reads are known.
        keeper: Who must fill in what gonogo.yaml leaves open about it; empty where it leaves nothing open.
        read: Whether it was read, no matter what it holds: a form that nobody filled in was.
    """

    binding: str
    wholly: bool
    why: str
    facts: tuple[str, ...]
    criteria: tuple[str, ...]
    settled: tuple[str, ...]
    keeper: str = ""
    read: bool = False

    @property
    def matters(self) -> bool:
        """Whether page one shows it: not if a source answered all that any criterion reads."""
        return self.wholly or bool(self.criteria)

    @property
    def why_words(self) -> str:
        """The source, why it does not answer, and whose turn it is."""
        none = "was read and holds no answer" if self.read else "was not read"
        state = ("gives no answer" if self.keeper else none) if self.wholly else "was read in part"
        turn = f" gonogo.yaml still says FILL IN about it, and {self.keeper} must fill it in." if self.keeper else ""
        return f"{self.binding} {state}.{turn} Why: {self.why}"

    @property
    def sentence(self) -> str:
        """The same, and what is lost with it."""
        words = self.why_words
        readers = f" (for {listing(list(self.criteria), most=3)})" if self.criteria else ""
        if self.facts:
            verb = "would have answered" if self.wholly else "does not answer"
            words += f" It {verb} {listing(list(self.facts), most=4)}{readers}."
            words += "" if self.criteria else " No criterion reads that."
        if self.settled:
            words += f" Its facts are taken from {listing(list(self.settled))}."
        return words

    def document(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "binding": self.binding,
            "wholly": self.wholly,
            "why": self.why,
            "facts": list(self.facts),
            "criteria": list(self.criteria),
            "settled_by": list(self.settled),
        }


def unread(view: RunView) -> tuple[UnreadSource, ...]:
    """Return the sources that were not read, then those that were read in part, in the order of the record."""
    found = [_unread(view, reply) for reply in view.collectors if _lacks(reply)]
    return tuple(sorted(found, key=lambda one: not one.wholly))


def _lacks(reply: CollectorFinished) -> bool:
    return reply.failure is not None or bool(reply.unanswered) or reply.answered < reply.declared


def _unread(view: RunView, reply: CollectorFinished) -> UnreadSource:
    groups = reply.unanswered or ()
    facts = tuple(fact for group in groups for fact in group.facts)
    if not groups:  # a record of an earlier version: only the gaps tell what it owed
        facts = tuple(dict.fromkeys(gap.fact for gap in view.gaps if gap.binding == reply.binding))
    details = [reply.failure.detail] if reply.failure is not None else [group.detail for group in groups]
    reasons = _blanks_together(list(dict.fromkeys(stopped(detail) for detail in details)))
    missing = reply.declared - reply.answered
    why = " ".join(reasons[:2]) or f"{count(missing, 'fact')} of {reply.declared} not answered."
    more = f" And {count(len(reasons) - 2, 'more reason')}." if len(reasons) > 2 else ""
    wholly = reply.failure is not None or reply.answered == 0
    return UnreadSource(
        reply.binding,
        wholly,
        why + more,
        facts,
        _readers(view, facts),
        _settled(view, facts),
        _keeper(view, reply.binding) if reply.binding in view.unfilled else "",
        read=reply.failure is None and bool(groups) and all(_BLANK in reason for reason in reasons),
    )


def _blanks_together(reasons: list[str]) -> list[str]:
    """Return the reasons with all empty answers as one: 55 cells that nobody filled in are one thing to know."""
    blank = [reason for reason in reasons if _BLANK in reason]
    if len(blank) < 2:
        return reasons
    together = f"{count(len(blank), 'answer')} are still open; {blank[0]}"
    return [*(reason for reason in reasons if reason not in blank), together]


def _keeper(view: RunView, binding: str) -> str:
    """Return who is asked to fill in the settings: by name, where a request of the decision asks for it."""
    asked = re.compile(rf"{re.escape(FILL_IN_ACT.format(what=binding))}(?: |$)")
    requests = (one for one in view.decision.requests if any(map(asked.match, one.acts or ())))
    named = next((one.person for one in requests if one.person), None)
    return named or "the person who keeps it"


def _settled(view: RunView, facts: tuple[str, ...]) -> tuple[str, ...]:
    known = {entry.fact: entry.source.binding for entry in view.evidence}
    lost = set(facts) & {gap.fact for gap in view.assessment.evidence.gaps}
    return () if lost else tuple(dict.fromkeys(known[fact] for fact in facts if fact in known))


def _readers(view: RunView, facts: tuple[str, ...]) -> tuple[str, ...]:
    wanted = set(facts)
    return tuple(
        finding.criterion
        for finding in view.findings
        if wanted & ({reading.fact for reading in finding.facts} | _named(view, finding.criterion))
    )


def _named(view: RunView, criterion: str) -> frozenset[str]:
    about = view.about.get(criterion, {})
    return _names(f"{about.get('require', '')} {about.get('not_applicable_when', '')}")


@cache
def _names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+", text))


_NAMED: Final = 4
_HEADINGS: Final = "has the same headings"
_KINDS: Final = {(True, False): "Newer files", (False, True): "Copies", (True, True): "Newer files and copies"}


def unread_beside(view: RunView) -> tuple[str, ...]:
    """Return a sentence for each bound file on the files beside it that were not read, for each way they are alike."""
    groups: dict[tuple[str, str, str, bool], list[str]] = {}
    for reply in view.collectors:
        for each in reply.beside or ():
            apart = "/" in each.path and each.path.rpartition("/")[0] != each.than.rpartition("/")[0]
            groups.setdefault((reply.binding, each.than, each.words, apart), []).append(each.path)
    return tuple(_sentence(*group, paths) for group, paths in groups.items())


def _sentence(binding: str, than: str, words: str, apart: bool, paths: list[str]) -> str:
    if words == _HEADINGS:
        verb = "has" if len(paths) == 1 else "have"
        end = "was not read" if len(paths) == 1 else "were not read"
        named = listing(paths, most=_NAMED)
        return f"{binding}: {named} {verb} the headings of {than}, may be a newer version of it, and {end}."
    if len(paths) == 1:
        where = f", in another folder than {than}," if apart else f" is next to {than},"
        return f"{binding}: {paths[0]}{where} {words} and was not read."
    many = words.replace("is ", "are ", 1).replace("holds ", "hold ").replace("has ", "have ", 1)
    many = many.replace("its name", "their names").replace("a copy of it", "copies of it")
    where = f", in other folders than {than}," if apart else f" are next to {than},"
    return f"{binding}: {listing(paths, most=_NAMED)}{where} {many} and were not read."


def beside_title(view: RunView) -> str:
    """Return what the sentences of :func:`unread_beside` are about."""
    kinds = {each.by for reply in view.collectors for each in reply.beside or ()}
    if kinds & {"name", "headings"}:
        return "Files like a bound one that were not read"
    newer, copied = bool(kinds & {"date", "version"}), bool(kinds & {"copy", "conflict"})
    return f"{_KINDS.get((newer, copied), 'Newer files and copies')} that were not read"


def beside_number(view: RunView) -> int:
    """Return how many files the sentences are about."""
    return sum(len(reply.beside or ()) for reply in view.collectors)


def beside_step(view: RunView) -> tuple[str, ...]:
    """Return what settles which file counts; nothing where all of them hold the bytes that were read."""
    unlike = sum(each.by != "copy" for reply in view.collectors for each in reply.beside or ())
    if not unlike:
        return ()
    which = "a file that was not read" if unlike == 1 else f"{count(unlike, 'file')} that were not read"
    return (
        f"Check {which} next to bound ones: bind the one that counts (gonogo add PROGRAM "
        "FILE --replaces BINDING), or list it under not_evidence with the reason.",
    )
