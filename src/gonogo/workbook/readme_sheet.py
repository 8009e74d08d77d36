"""The first sheet: what the workbook is for, and how it is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.report.words import count
from gonogo.workbook.content import Content


def readme_lines(content: Content) -> Iterator[tuple[str, bool]]:
    """Yield the lines of the sheet Read me: text, and whether it is a heading."""
    identity, release = content.identity, content.release
    if identity.marking:
        yield identity.marking, True
    yield f"Evidence of {identity.title or identity.id}, release {release.id}", True
    go_live = release.go_live.astimezone(identity.zone)
    yield f"Go-live {go_live:%Y-%m-%d %H:%M} {identity.time_zone}; decision expected on {content.decision}.", False
    yield f"Criteria: {content.ruleset.title} ({content.ruleset.name}@{content.ruleset.version}).", False
    yield f"Made on {content.today}: {_due(len(content.questions))}.", False
    yield "", False
    yield "How to fill it in", True
    for line in _HOW:
        yield line, False
    yield "", False
    yield "The other sheets", True
    for line in _OTHERS:
        yield line, False
    if content.registers:
        yield _ACCEPTANCES, False


def _due(number: int) -> str:
    return f"{count(number, 'fact is', 'facts are')} due, and no system answers {'it' if number == 1 else 'them'}"


_HOW = (
    "Sheet Evidence: one row for each fact. The columns with a brown heading are yours; the blue ones are locked.",
    "Value: the answer. Drop-downs show what is allowed. A percentage is typed with its sign: 93.2%.",
    "Held on: the day on which it was true, not the day on which you type it. The last two columns say how old it may "
    "be.",
    "Stated by, Office, Side: who answers for it, and in which office. The column Who may state it names who may.",
    "Prepared by: who made the list or report that you looked at. Nobody may state what they prepared themselves.",
    "Source link: what you looked at, so that anybody can look again.",
    "Reservation: leave it blank if your answer is plain. An answer with a reservation does not count as a yes.",
    "Nobody knows? Leave the whole row blank. It is reported as missing, which is honest; a guess is not.",
    "Do not insert, move, sort, hide or merge anything: the workbook is then refused, and the message names the cell.",
)
_ACCEPTANCES = (
    "Acceptances: one row for each open item. Fill in only what you accept: a person who bears the consequence, a "
    "workaround that was tried, and at most what share is touched. A row that nobody signed counts for nothing."
)
_OTHERS = (
    "People and Delegations: who holds which office from when to when, and who may act for whom.",
    "Staff and Organizations: who else prepares evidence, and which people with similar names are different people.",
    "Action plans: what will be done about an open criterion, by whom, and by when.",
    "Waivers and Waiver approvals: what is accepted for a while, with which control, and who approved it.",
    "gonogo.yaml names this workbook: `attestations:`, `people:`, `plans:` and `waivers:` may each name it.",
)
