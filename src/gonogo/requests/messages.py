"""Requests as plain text, one message for each person, to be pasted into e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.report.escape import escape
from gonogo.report.words import both
from gonogo.requests import items
from gonogo.requests.addressee import Addressee, Requests
from gonogo.requests.outstanding import OutstandingFact
from gonogo.requests.outstanding_papers import OutstandingPaper, OutstandingWork

RULE = "-" * 72


def render(requests: Requests) -> bytes:
    """Return the messages as UTF-8 text; the marking heads and foots each."""
    head = [*_marked(requests), *_front(requests), *_marked(requests)]
    messages = [[*_marked(requests), *_message(one, requests), *_marked(requests)] for one in requests.addressees]
    lines = head + [line for message in messages for line in ("", RULE, *message)]
    return "\n".join(line.rstrip() for line in lines).encode() + b"\n"


def _marked(requests: Requests) -> list[str]:
    return [escape(requests.program.marking)] if requests.program.marking else []


def _front(requests: Requests) -> Iterator[str]:
    zone = requests.program.zone
    yield escape(f"What is owed: {items.subject_words(requests)}")
    yield f"For {items.occasion_words(requests)}, taken by {both(requests.decision, zone)}."
    yield f"Go-live: {both(requests.release.go_live, zone)}."
    yield escape(requests.basis)
    if not requests.addressees:
        yield "Nothing is owed."
        return
    yield ""
    for one in requests.addressees:
        waiting = "criterion waits" if one.mandatory == 1 else "criteria wait"
        held = f"; {one.mandatory} mandatory {waiting}" if one.mandatory else ""
        held += f"; {one.holds} standing {'hold waits' if one.holds == 1 else 'holds wait'}" if one.holds else ""
        yield escape(f"- {items.person_words(one)}: {items.count_words(one)}{held}")


def _message(one: Addressee, requests: Requests) -> Iterator[str]:
    yield escape(f"To: {items.person_words(one)}")
    subject = f"{items.count_words(one)} owed for {items.occasion_words(requests)}"
    yield escape(f"Subject: {items.subject_words(requests)}: {subject}")
    asked = [(items.task(facts), [*_facts(facts, requests)]) for facts in items.sources_of(one)]
    asked += [(items.paper_words(paper), [*_paper(paper)]) for paper in one.papers]
    asked += [(items.work_words(work), [*_work(work, requests)]) for work in one.works]
    for number, (task, lines) in enumerate(asked, start=1):
        yield from ("", escape(f"{number}. {task}"), *lines)


def _paper(paper: OutstandingPaper) -> Iterator[str]:
    yield _line("State", paper.why)
    yield _line("Why", items.criterion_words(paper.criterion))


def _work(work: OutstandingWork, requests: Requests) -> Iterator[str]:
    yield _line("State", work.why)
    if named := items.open_words(work):
        yield _line("Open", named)
    yield _line("Do", work.criterion.remedy)
    yield _line("By", f"{items.occasion_words(requests)}, with evidence that shows it")
    yield _line("Else", items.instead_words(work))
    yield _line("Why", items.criterion_words(work.criterion))


def _facts(facts: tuple[OutstandingFact, ...], requests: Requests) -> Iterator[str]:
    """Yield the facts of one source under the criteria that wait for them, each group with its own dates."""
    for number, group in enumerate(items.by_criteria(facts)):
        if number:
            yield ""
        for criterion in group[0].criteria:
            yield _line("Why", items.criterion_words(criterion))
        for needed in group:
            state, detail = items.state_words(needed, requests)
            declaration = requests.vocabulary.get(needed.fact)
            yield _line("Fact", f"{needed.fact}: {declaration.question if declaration else ''}")
            yield _line("State", detail if detail.startswith(f"{state}: ") else f"{state}: {detail}")
        yield from _dates(group, requests)
        for words in dict.fromkeys(items.attest_words(needed) for needed in group):
            yield _line("May state it", words)


def _dates(facts: tuple[OutstandingFact, ...], requests: Requests) -> Iterator[str]:
    decision = max((items.for_decision(needed, requests) for needed in facts), key=lambda deadline: deadline.exact)
    go_live = max((items.for_go_live(needed, requests) for needed in facts), key=lambda deadline: deadline.exact)
    if any(needed.for_decision for needed in facts):
        yield _line("Date it", f"{items.deadline_words(decision, requests)}, to be fresh at the decision;")
    else:
        yield _line("Date it", "fresh at the decision as it is;")
    later = ", so after the decision" if go_live.exact > requests.decision else ""
    yield _line("", f"{items.deadline_words(go_live, requests)}, to be fresh at go-live{later}.")


def _line(label: str, words: str) -> str:
    start = f"{label}:" if label else ""
    return f"   {start:14}{escape(words)}"
