"""What is different about the sources of evidence, the rules and the criteria."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.comparison.notice import AGED, Notice, NoticeKind
from gonogo.comparison.remaining import only_cleared, remaining_words
from gonogo.comparison.snapshot import Snapshot, ageless
from gonogo.core.wording import instant_words, listing
from gonogo.model.collected import CollectorFinished
from gonogo.model.finding import Finding
from gonogo.model.ruleset import Severity

WEIGHTS = tuple(Severity)


def source_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield what is different about each source."""
    for name in sorted(before.sources.keys() | after.sources.keys()):
        old, new = before.sources.get(name), after.sources.get(name)
        if old == new:
            continue
        if old is None or new is None or _bare(old) != _bare(new):
            sentences, worse = _source(old, new)
            yield Notice(kind=NoticeKind.SOURCE, subject=name, sentence=f"The source {name} {sentences}", worse=worse)
        if old is not None and new is not None:
            sentence = (*_beside(old, new), *_left_out(old, new))
            yield from (Notice(kind=NoticeKind.SOURCE, subject=name, sentence=f"{name}: {each}") for each in sentence)


def _bare(reply: CollectorFinished) -> CollectorFinished:
    """Return a source without what lies beside it."""
    return reply.model_copy(update={"beside": None, "left_out": None})


def _beside(old: CollectorFinished, new: CollectorFinished) -> Iterator[str]:
    was, now = old.beside or (), new.beside or ()
    for each in now:
        if each not in was:
            yield f"{each.path} is now next to {each.than}, {each.words}, and is not read."
    for each in was:
        if each not in now:
            yield f"{each.path} is no longer an unread {each.what.lower()} next to {each.than}."


def _left_out(old: CollectorFinished, new: CollectorFinished) -> Iterator[str]:
    was, now = old.left_out or (), new.left_out or ()
    yield from (f"{each.path} is now left out by not_evidence: {each.reason}" for each in now if each not in was)
    yield from (f"{each.path} is no longer left out by not_evidence." for each in was if each not in now)


def _source(old: CollectorFinished | None, new: CollectorFinished | None) -> tuple[str, bool]:
    if new is None:
        return "is no longer bound.", False
    answered = f"{new.answered} of {count(new.declared)}"
    if old is None:
        return f"is new; it answered {answered}." if new.failure is None else f"is new. {_why(new)}", False
    if _silent(new):
        return _silence(old, new), not _silent(old)
    if _silent(old):
        return f"answers again: {answered}.", False
    if new.answered < new.declared and new.answered < old.answered:
        return f"answers less: {answered}, before {old.answered} of {old.declared}.", True
    if new.answered != old.answered or new.declared != old.declared:
        return f"answered {answered}, before {old.answered} of {old.declared}.", False
    if _contents(old) != _contents(new):
        return f"has different content: {_files(old, new)}.", False
    return "was read differently: by another release of its collector, or with different isolation.", False


def _silence(old: CollectorFinished, new: CollectorFinished) -> str:
    if not _silent(old):
        return f"no longer answers. {_why(new)}"
    if _contents(old) != _contents(new):
        return f"still answers nothing, and has different content: {_files(old, new)}. {_why(new)}"
    return f"still answers nothing. {_why(new)}"


def _contents(reply: CollectorFinished) -> list[tuple[str, str]]:
    return [(file.path, file.sha256) for file in reply.inputs]


def _silent(reply: CollectorFinished) -> bool:
    return reply.failure is not None or (reply.declared > 0 and reply.answered == 0)


def _why(reply: CollectorFinished) -> str:
    return reply.failure.detail if reply.failure is not None else f"It answered none of {count(reply.declared)}."


def count(facts: int) -> str:
    """Return ``1 fact`` or ``2 facts``."""
    return f"{facts} fact{'s' if facts != 1 else ''}"


def _files(old: CollectorFinished, new: CollectorFinished) -> str:
    """Say what became of the files. A file that is not read may still be there."""
    was = {file.path: file.sha256 for file in old.inputs}
    now = {file.path: file.sha256 for file in new.inputs}
    come, left = [path for path in now if path not in was], [path for path in was if path not in now]
    parts = [f"{path} is changed" for path in sorted(was.keys() & now.keys()) if was[path] != now[path]]
    if come and left:
        parts.append(f"{listing(come, most=3)} {_are(come)} read instead of {listing(left, most=3)}")
    elif come or left:
        words = "read now" if come else "no longer read"
        parts.append(f"{listing(come or left, most=3)} {_are(come or left)} {words}")
    return listing(parts, most=3) or "its files were read in a different order"


def _are(paths: list[str]) -> str:
    return "is" if len(paths) == 1 else "are"


def rule_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield what is different about the ruleset, the vocabulary and the release."""
    old, new = before.started, after.started
    if (old.ruleset, old.ruleset_sha256) != (new.ruleset, new.ruleset_sha256):
        was = f"it was {old.ruleset}" if old.ruleset != new.ruleset else "of the same name, with different content"
        sentence = f"The ruleset is another one: {new.ruleset}, {was}."
        yield Notice(kind=NoticeKind.RULES, subject=new.ruleset, sentence=sentence)
    for change in after.loosened:
        if change not in before.loosened:
            what = f"{change.criterion or 'the ruleset'}, {change.part}: {change.new}, and it was {change.old}"
            sentence = f"{change.by} {change.effect} the rules: {what}."
            yield Notice(kind=NoticeKind.RULES, subject=change.criterion or "", sentence=sentence, worse=True)
    if old.vocabulary_sha256 != new.vocabulary_sha256:
        yield Notice(kind=NoticeKind.RULES, sentence="The vocabulary of facts is different.")
    yield from _release(before, after)


def _release(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    old, new = before.started, after.started
    if old.release.go_live != new.release.go_live:
        was, now = instant_words(old.release.go_live), instant_words(new.release.go_live)
        yield Notice(kind=NoticeKind.PROGRAM, subject=new.release.id, sentence=f"Go-live moved from {was} to {now}.")
    if old.release.subjects != new.release.subjects:
        named = ", ".join(f"{kind} {name}" for kind, name in sorted(new.release.subjects.items())) or "nothing"
        yield Notice(
            kind=NoticeKind.PROGRAM, subject=new.release.id, sentence=f"Something else is being released: {named}."
        )
    if old.release.environment != new.release.environment:
        sentence = f"The release goes live in another environment: {new.release.environment or 'none is named'}."
        yield Notice(kind=NoticeKind.PROGRAM, subject=new.release.id, sentence=sentence)
    if (old.release.window, old.release.scope) != (new.release.window, new.release.scope):
        sentence = "The window or the scope of the release is described differently."
        yield Notice(kind=NoticeKind.PROGRAM, subject=new.release.id, sentence=sentence)
    if old.milestone != new.milestone:
        sentence = f"The milestone {new.milestone} is reached." if new.milestone else "No milestone is reached now."
        yield Notice(kind=NoticeKind.RULES, subject=new.milestone or "", sentence=sentence)


def criterion_notices(before: Snapshot, after: Snapshot, reported: frozenset[str]) -> Iterator[Notice]:
    """Yield criteria that are asked or judged differently, beyond what is ``reported`` of them already."""
    for name, finding in after.by_criterion.items():
        old = before.by_criterion.get(name)
        if old is None:
            if not finding.status.open:
                yield Notice(kind=NoticeKind.CRITERION, subject=name, sentence=f"{name} is new. {finding.sentence}")
            continue
        if old.status is not finding.status and name not in reported:
            sentence = f" {remaining_words(old, finding)}" if only_cleared(old, finding) else f": {finding.sentence}"
            yield Notice(kind=NoticeKind.CRITERION, subject=name, sentence=f"{name}{sentence}")
        lighter = WEIGHTS.index(finding.severity) > WEIGHTS.index(old.severity)
        if (old.severity, old.shadow) != (finding.severity, finding.shadow):
            sentence = f"{name} is now {_weight(finding)} and was {_weight(old)}."
            yield Notice(kind=NoticeKind.RULES, subject=name, sentence=sentence, worse=lighter)
        yield from _thresholds(old, finding)
        if old.due_from != finding.due_from:
            sentence = (
                f"{name} is due from {finding.due_from or 'the start'}; before, from {old.due_from or 'the start'}."
            )
            yield Notice(kind=NoticeKind.RULES, subject=name, sentence=sentence)
        if name not in reported and not any(reading.fact in reported for reading in (*old.facts, *finding.facts)):
            yield from _rest(old, finding)


def _weight(finding: Finding) -> str:
    """Say what a criterion weighs; of one in shadow also that it does not yet."""
    shadow = finding.shadow
    return f"{finding.severity}" if shadow is None else f"{shadow.severity} and {shadow.words}"


def _thresholds(old: Finding, new: Finding) -> Iterator[Notice]:
    was = {(entry.text, entry.operator): entry.right for entry in old.comparisons if entry.left}
    for reading in new.comparisons:
        before = was.get((reading.text, reading.operator), "")
        if (
            before
            and reading.left
            and reading.right
            and before != reading.right
            and "." not in reading.text.rpartition(" ")[2]
        ):
            sentence = f"{new.criterion} asks {reading.text}: {reading.right} now, {before} before."
            yield Notice(kind=NoticeKind.RULES, subject=new.criterion, sentence=sentence)


def _rest(old: Finding, new: Finding) -> Iterator[Notice]:
    one, other = old.document(), new.document()
    if one == other:
        return
    if ageless(one) == ageless(other):
        yield Notice(kind=NoticeKind.AGE, subject=new.criterion, sentence=AGED)
    else:
        yield Notice(kind=NoticeKind.CRITERION, subject=new.criterion, sentence=f"{new.criterion}: {new.sentence}")
