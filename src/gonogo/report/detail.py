"""After page one: every finding, the evidence it rests on, and how to find the record again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from gonogo.core.due import milestone_day
from gonogo.core.sentence import rows_words
from gonogo.core.wording import age_words, listing, shown
from gonogo.model.collected import Unanswered
from gonogo.model.evidence import GapReason
from gonogo.model.finding import AgreeingReading, ComparisonReading, FactReading, Finding, Status
from gonogo.model.open_items import listed
from gonogo.model.ruleset import Domain
from gonogo.model.run_by import RunBy
from gonogo.report.changed import upgrade_details
from gonogo.report.charts.drawn import charts_section
from gonogo.report.counted import counted_rows
from gonogo.report.front import front, named, plan_summary
from gonogo.report.health import TONES, health
from gonogo.report.isolation import source_words
from gonogo.report.ladder import ladder_words
from gonogo.report.outcomes import decision_blocks
from gonogo.report.overlay_changes import changes_section
from gonogo.report.page import Block, Entry, Heading, Page, PageTable, Pairs, Section, Words
from gonogo.report.part_of import part_of
from gonogo.report.redaction import redacted
from gonogo.report.view import RunView
from gonogo.report.words import REASON, STATUS, both, count, local, person_and_seat, stopped, weighs

_SKIPPED = {
    Status.NOT_DUE: ("Not due yet", "Criteria that are due at a later milestone"),
    Status.NOT_APPLICABLE: ("Not applicable", "Criteria that do not apply to this release"),
    Status.NOT_ADOPTED: ("Not yet adopted", "Criteria that the program has not yet adopted"),
}

_NO_VALUE = ": no usable value. "
_DIGITS = 16
"""Digits of a source's digest beside a fact; the whole digest is under *Evidence*."""


def page_of(view: RunView) -> Page:
    """Return the whole report of one run."""
    earlier = decision_blocks(view)
    rest = (
        *charts_section(view),
        Section("findings", "Every finding", _findings(view)),
        Section("evidence", "Evidence", _evidence(view)),
        *changes_section(view),
        *([Section("upgrade", "After the upgrade of gonogo", upgrade_details(view))] if upgrade_details(view) else []),
        *([Section("decisions", "Earlier decisions, and what came", earlier)] if earlier else []),
        Section("record", "The record", (Pairs(_record(view)),)),
    )
    return _for_reader(view, front(view, rest))


def _for_reader(view: RunView, page: Page) -> Page:
    reader = view.reader
    if reader is None:
        return page
    if reader.partial:
        page = part_of(page, reader)
    return page if reader.redact is None else redacted(page, view, reader.redact)


def _findings(view: RunView) -> tuple[Block, ...]:
    blocks: list[Block] = []
    digests = {entry.fact: entry.source.sha256 for entry in view.evidence}
    for domain in Domain:
        judged = [finding for finding in view.findings if finding.domain is domain and finding.status.judged]
        if judged:
            blocks.append(Heading(domain.value.capitalize(), domain.value))
            blocks.extend(_finding(view, finding, digests) for finding in judged)
    for status, (title, caption) in _SKIPPED.items():
        skipped = [finding for finding in view.findings if finding.status is status]
        if skipped:
            rows = tuple((named(finding), weighs(finding), _skipped(view, finding)) for finding in skipped)
            column = "Why" if status is Status.NOT_APPLICABLE else "Due from"
            blocks += [Heading(title), PageTable(caption, ("Criterion", "Weight", column), rows)]
    return tuple(blocks)


def _skipped(view: RunView, finding: Finding) -> str:
    """Why a criterion does not apply; of one that waits or is not adopted, the day from which it is asked."""
    if finding.status is Status.NOT_APPLICABLE:
        return finding.sentence
    if finding.due_from is None:
        return "always"
    try:
        day = milestone_day(view.started.program, view.started.release, finding.due_from)
    except ValueError:  # a record may hold any text; what is no milestone has no day
        return finding.due_from
    return f"{finding.due_from}, {day}"


def _finding(view: RunView, finding: Finding, digests: Mapping[str, tuple[str, ...]]) -> Entry:
    colour, zone = health(view, finding), view.started.program.zone
    about = view.about.get(finding.criterion, {})
    reference = about.get("m3_ref", "")
    rows = [
        ("Asks", str(about.get("statement", ""))),
        *(("Ladder", words) for words in ladder_words(view, finding)),
        *(("Check", _check(reading)) for reading in finding.comparisons),
        *(
            ("Fact", _fact(reading, digests.get(reading.fact, ()), zone))
            for reading in finding.facts
            if reading.gap is None
        ),
        *counted_rows(view, finding),
        *(("Facts" if len(facts) > 1 else "Fact", _lacking(facts, gap)) for gap, facts in _gaps_of(finding).items()),
        *(("Open", _open(reading)) for reading in finding.facts if reading.open_count),
        ("Holds until", both(finding.turns_at, view.started.program.zone) if finding.turns_at else ""),
        ("Owner", person_and_seat(view, finding.owner) if finding.status.open else ""),
        ("Remedy", finding.remedy),
        ("Plan", plan_summary(view, finding.criterion) if finding.status.open else ""),
        ("M3", f"Phase 4 Progress Review {reference}" if reference else ""),
    ]
    tags = (STATUS[finding.status], weighs(finding), *((colour,) if colour else ()))
    kept = tuple((label, value) for label, value in rows if value)
    facets = (f"status-{finding.status}", f"weight-{finding.severity}", f"domain-{finding.domain}")
    return Entry(named(finding), tags, finding.sentence, kept, TONES[colour], facets, seat=finding.owner)


def _check(reading: ComparisonReading) -> str:
    outcome = {"met": "met", "not_met": "not met", "unknown": "unknown"}[reading.outcome.value]
    compared = f"{reading.left} {reading.operator} {reading.right}" if reading.left and reading.right else "no value"
    margin = f", margin {reading.margin}" if reading.margin else ""
    note = "" if reading.exact else " (only the sign of the difference was judged)"
    return f"{reading.text}: {compared}{margin}: {outcome}{note}"


def _fact(reading: FactReading, digests: tuple[str, ...], zone: tzinfo) -> str:
    by = f" by {reading.stated_by}" if reading.stated_by else ""
    basis = f", {reading.basis.value}{by}" if reading.basis else ""
    age = f", {age_words(reading.age_days)}" if reading.age_days is not None else ""
    source = f"{rows_words(reading, zone)}, from {reading.source}" if reading.source else ""
    others = "".join(f"; {_other(value)}" for value in reading.agreeing or ())
    content = f", SHA-256 {', '.join(each[:_DIGITS] for each in digests)}" if digests else ""
    return f"{reading.fact} = {reading.shown}{basis}{age}{source}{content}{others}"


def _gaps_of(finding: Finding) -> dict[tuple[GapReason, str], list[str]]:
    """Return the facts of a finding that have no usable value, by why that is so."""
    found: dict[tuple[GapReason, str], list[str]] = {}
    for reading in finding.facts:
        if reading.gap is not None:
            found.setdefault((reading.gap.reason, reading.gap.detail), []).append(reading.fact)
    return found


def _lacking(facts: Sequence[str], gap: tuple[GapReason, str]) -> str:
    return f"{listing(list(facts), most=len(facts))}{_NO_VALUE}{_gap(*gap)}"


def says_no_value(row: tuple[str, str]) -> bool:
    """Whether a row of a finding says why facts have no value, as the finding's sentence does."""
    return row[0] in ("Fact", "Facts") and _NO_VALUE in row[1]


def _other(value: AgreeingReading) -> str:
    by = f" by {value.stated_by}" if value.stated_by else ""
    return f"{value.shown}, {value.basis.value}{by}, {age_words(value.age_days)}, from {value.source}"


def _open(reading: FactReading) -> str:
    """Which rows, cases or items count against a fact: the first ones by key."""
    return f"{reading.fact}: {listed(reading.open_items or (), reading.open_count or 0)}"


def _gap(reason: GapReason, detail: str) -> str:
    """The reason and what was found; the reason once, where the detail begins with it."""
    return stopped(detail) if detail.startswith(REASON[reason]) else f"{REASON[reason]}: {stopped(detail)}"


def _evidence(view: RunView) -> tuple[Block, ...]:
    zone = view.started.program.zone
    rows = tuple(
        (
            entry.fact,
            shown(entry),
            f"{entry.basis.value}, {local(entry.as_of, zone)}",
            f"{entry.source.binding}: {entry.source.locator}",
        )
        for fact in view.evidence
        for entry in fact.values
    )
    blocks: list[Block] = [
        Words(f"{count(len(view.evidence), 'fact')} with usable evidence; {count(len(view.gaps), 'gap')}.")
    ]
    if rows:
        header = ("Fact", "Value", "Basis and moment", "Source")
        blocks.append(PageTable("Admitted evidence", header, rows))
    walls = {source_words(reply) for reply in view.collectors}
    alike = len(walls) == 1 and len(view.collectors) > 1
    if view.collectors:
        blocks.append(Heading("Sources"))
    if alike:
        blocks.append(Words(f"Isolation of each: {walls.pop()}."))
    for reply in view.collectors:
        failed = reply.failure
        files = [f"{file.path}, {count(file.size, 'byte')}, SHA-256 {file.sha256}" for file in reply.inputs]
        details = [
            ("Read by", f"{reply.collector} ({reply.distribution})" if reply.distribution else reply.collector),
            *([] if alike else [("Isolation", source_words(reply))]),
            *(("File", file) for file in files),
            *(("Left out", f"{each.path} by not_evidence: {each.reason}") for each in reply.left_out or ()),
            *((f"{each.what}, not read", each.path) for each in reply.beside or ()),
            *(("Not answered", _unanswered(group)) for group in reply.unanswered or ()),
        ]
        why = _gap(failed.reason, failed.detail) if failed else ""
        tags = (f"answered {reply.answered} of {count(reply.declared, 'fact')}",)
        tone = "none" if reply.answered == reply.declared else "bad"
        blocks.append(Entry(reply.binding, tags, why, tuple(details), tone))
    return tuple(blocks)


def _unanswered(group: Unanswered) -> str:
    return f"{listing(list(group.facts), most=12)}. {_gap(group.reason, group.detail)}" if group.facts else group.detail


def _record(view: RunView) -> tuple[tuple[str, str], ...]:
    run = view.started
    envelope = run.envelope
    rows = [
        ("Log", view.log),
        ("Run", envelope.run),
        ("Records", f"{view.first} to {view.last}"),
        ("Head hash", view.head),
        ("Digest", view.finished.assessment),
        ("Ruleset", f"{run.ruleset}, SHA-256 {run.ruleset_sha256}"),
        ("Vocabulary", f"SHA-256 {run.vocabulary_sha256}"),
        *_run_by(run.who),
        ("Started", both(envelope.started, run.program.zone)),
        ("gonogo", f"{envelope.version} on Python {envelope.python}"),
        ("Engine", envelope.engine_version),
        ("Isolation", envelope.isolation),
        ("File system", run.file_system),
        ("Exit code", f"{view.finished.exit_code}"),
        ("Votes", "votes, dissent, quorum and challenges are not recorded by this version of gonogo"),
    ]
    return tuple((label, value) for label, value in rows if value)


def _run_by(who: RunBy | None) -> tuple[tuple[str, str], ...]:
    """Say who ran it and where, as the environment declared it."""
    if who is None:
        return ()
    account = f"account {who.account}" if who.account else ""
    host = f"host {who.host}" if who.host else ""
    job = ": ".join(filter(None, (who.ci, who.job)))
    return (
        ("Declared account", ", ".join(filter(None, (account, host)))),
        ("Declared job", job),
        ("Address of the job", who.address or ""),
    )
