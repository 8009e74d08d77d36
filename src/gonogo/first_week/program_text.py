"""The starter ``gonogo.yaml``: what was answered, a binding for what was recognized, and what a person must fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gonogo.first_week.drafts.setting_lines import flow, setting_lines
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.interview import Answers
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import FILL_IN, counted, plain, quoted
from gonogo.first_week.recognition import Survey

UNMARK: Final = "Only a person may remove the mark: handling: {marking: internal, reason: why it names nobody}"
LISTED: Final = 200
"""Most files that the program file lists as not read."""
_WIDE: Final = 116
_OPEN: Final = re.compile(f'"?{FILL_IN}(?:: [^"]*)?"?')


def program_text(
    answers: Answers, survey: Survey, proposals: Sequence[Proposal], registers: Collection[str] = ()
) -> str:
    """Return ``gonogo.yaml``.

    Args:
        answers: Of the interview.
        survey: Of the evidence folder.
        proposals: Bindings.
        registers: Of ``waivers.yaml`` and ``plans.yaml`` those that are there already.
    """
    lines = [
        *_identity(answers, registers),
        *_evidence(proposals, answers.build),
        *_authority(proposals),
        *_no_evidence(proposals, answers.rules.ruleset.name),
        *_unread(survey, {path for each in proposals for paths in each.inputs.values() for path in paths}),
    ]
    return "\n".join(lines) + "\n"


def _identity(answers: Answers, registers: Collection[str]) -> Iterator[str]:
    ruleset = answers.rules.ruleset
    local = answers.moment.astimezone(ZoneInfo(answers.time_zone))
    yield "# What goes live, and where its evidence is. Written by `gonogo init` as a proposal: check every line."
    yield f"# Where only a person knows what belongs there it says {FILL_IN}. `gonogo lint` checks this file, `gonogo"
    yield "# progress` runs on it at once: what is not proved yet is unknown, and what is unknown never counts as met."
    yield "schema: 1"
    yield ""
    yield "program:"
    yield f"  id: {quoted(answers.program)}"
    yield f"  customer: {quoted(answers.customer)}"
    yield f"  provider: {quoted(answers.provider)}"
    yield f"  time_zone: {answers.time_zone}"
    yield "  calendar: us-federal"
    yield ""
    yield "releases:"
    yield f"  - id: {quoted(answers.release)}"
    yield f"    go_live: {answers.go_live}   # {_moment_words(local)}"
    if answers.build:
        yield f"    subjects: {{artifact: {quoted(answers.build)}}}   # test results of another build do not count"
    else:
        yield "    # What exactly is released. Test results of another build do not count; without this none does:"
        yield "    # subjects: {commit: …, artifact: …}"
    yield ""
    yield f"# A copy of {ruleset.name}@{ruleset.version}, so that a new gonogo never changes the criteria;"
    yield f"# sha256 {ruleset.material_sha256}"
    yield "# `gonogo ruleset upgrade` shows in words what a newer one would change."
    yield f"ruleset: ruleset/{ruleset.name}"
    yield "people: people.yaml"
    for key in ("waivers", "plans"):
        if f"{key}.yaml" in registers:
            yield f"{key}: {key}.yaml"
        else:
            yield f"# {key}: their sheet is in the workbook that `gonogo workbook` makes, with the line that reads it"
    yield ""


def _moment_words(moment: datetime) -> str:
    return f"{moment:%A %Y-%m-%d %H:%M} {plain(moment.tzname() or '')}".rstrip()


def _evidence(proposals: Sequence[Proposal], build: str) -> Iterator[str]:
    active = sum(proposal.active for proposal in proposals)
    yield "# How to read a binding:"
    yield "#   as        what its facts are called: `as: ims` makes `ims.bei`"
    yield "#   as_of     how gonogo knows when it held: document, the file's name, a column, a cell, or a person"
    yield "#   side      whose evidence it is; `producer` is who made it, and may not attest it"
    if active:
        yield "#   confirmed is `no` until a person has checked the binding; until then nothing is read by it, and its"
        yield "#             facts are gaps. `gonogo add FOLDER --confirm` shows each and asks."
    if rest := sum(bool(proposal.missing) and not proposal.again for proposal in proposals):
        yield f"# {rest} more are in comments: complete what their first lines name, and remove the #."
    yield "evidence:" if active else "evidence: []   # remove this [] when you add the first binding below"
    yield ""
    for proposal in proposals:
        if not proposal.idle:
            yield from binding_text(proposal, build)
            yield ""
    yield from _people_state()


def binding_text(proposal: Proposal, build: str) -> Iterator[str]:
    """Yield the lines of one binding, below what a person should know of it; comments where something is missing."""
    for path in proposal.paths[:6]:
        yield f"  # {proposal.kind}: {plain(path)}"
    if len(proposal.paths) > 6:
        yield f"  # … and {len(proposal.paths) - 6} more"
    for remark in proposal.remarks:
        yield from _comment(remark)
    if proposal.people:
        more = f" and {len(proposal.people) - 3} more" if len(proposal.people) > 3 else ""
        yield from _comment(f"about people, because {'; '.join(proposal.people[:3])}{more}. {UNMARK}")
    for missing in proposal.missing:
        yield from _comment(f"{'ask:' if proposal.again else FILL_IN} {missing}")
    for question in proposal.asked:
        yield from _comment(f"ask: {question}")
    for line in () if proposal.again else _binding_lines(proposal, build):
        yield line if proposal.active else f"  # {_OPEN.sub('…', line[2:])}"


def _comment(text: str) -> Iterator[str]:
    line = "  #"
    for word in plain(text, most=600).split():
        if len(line) + len(word) > _WIDE:
            yield line
            line = "  #  "
        line += f" {word}"
    yield line


def _binding_lines(proposal: Proposal, build: str) -> Iterator[str]:
    yield f"  - id: {proposal.id}"
    yield f"    collector: {proposal.collector}"
    if proposal.profile:
        yield f"    profile: {proposal.profile}   # `gonogo profile show {proposal.profile}` says how it is read"
    if proposal.words:
        yield f"    answers: {flow(proposal.words)}"
    if proposal.leaves_out:
        yield f"    leaves_out: {flow(proposal.leaves_out)}"
    if proposal.prefix:
        yield f"    as: {proposal.prefix}"
    elif proposal.draft is None and not (
        proposal.declares and (proposal.declares.states or proposal.declares.full_names)
    ):
        yield f"    as: {FILL_IN}"
    yield from _inputs(proposal)
    if proposal.pick_newest:
        yield "    pick: newest as_of"
    if proposal.as_of:
        yield f"    as_of: {{file_name: '{proposal.as_of}'}}"
    elif proposal.rule:
        why = (
            "until somebody says it, whatever is read is too old"
            if "nobody" in proposal.rule
            else proposal.day_why or "check"
        )
        yield f"    as_of: {proposal.rule}   # {why}"
    elif not proposal.dated:
        yield f"    as_of: {FILL_IN}"
    else:
        yield "    as_of: document"
    yield f"    side: {proposal.side}   # check: customer, provider or independent"
    if proposal.maker:
        yield f"    producer: {quoted(proposal.maker)}   # check: who makes this file"
    else:
        yield f'    producer: "{FILL_IN}: who makes this file"'
    if build and (proposal.of_build or (proposal.declares and proposal.declares.of_build)):
        yield f"    subject: {{build: {quoted(build)}}}   # check: that these are the results of this build"
    if proposal.people:
        yield "    handling: PII   # about people; no value of it is ever shown"
    if proposal.confirmation:
        yield f"    # {proposal.confirmation}"
    if not proposal.confirmed:
        yield "    confirmed: no   # nothing is read until a person has checked this binding"
    if proposal.draft is not None:
        yield "    settings:"
        yield from setting_lines(proposal.settings, notes=_notes(proposal.draft))
    elif proposal.profile and proposal.settings:
        yield "    settings:"
        yield from setting_lines(proposal.settings)
    elif proposal.profile:
        return
    elif proposal.kind is FileKind.JSON:
        yield f"    settings: {FILL_IN}"
    elif proposal.collector == "table":
        yield f"    settings: {FILL_IN}   # paste here what this prints: gonogo map {quoted(proposal.paths[-1])}"
    elif proposal.settings:
        yield "    settings:"
        for key, value in proposal.settings.items():
            yield from _setting(key, value)


def _notes(draft: TableDraft) -> dict[str, str]:
    """Return what stands above the lines of the settings: what each fact asks."""
    return {each.fact.name: plain(each.fact.meaning, most=200) for each in draft.used}


def _inputs(proposal: Proposal) -> Iterator[str]:
    if list(proposal.inputs) == ["file"]:
        yield f"    path: {quoted(proposal.inputs['file'][0])}"
        return
    yield "    path:"
    for name, paths in proposal.inputs.items():
        if len(paths) == 1 and not (proposal.declares and name == proposal.declares.input):
            yield f"      {name}: {quoted(paths[0])}"
            continue
        yield f"      {name}:"
        for path in paths:
            yield f"        - {quoted(path)}"


def _setting(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"      {key}:"
        for name, item in value.items():
            yield f"        {name}: {quoted(str(item))}"
    else:
        yield f"      {key}: {quoted(str(value))}"


def _people_state() -> Iterator[str]:
    yield "  # What none of these gives, people state: a workbook asks them, and >> adds the line that reads it here."
    yield "  # In this folder: gonogo workbook . -o evidence.xlsx >> gonogo.yaml"


def _authority(proposals: Sequence[Proposal]) -> Iterator[str]:
    found = {fact: each.id for each in proposals if each.active for fact in each.authority}
    if found:
        yield ""
        yield "# Which binding counts where several answer."
        yield "authority:"
    for fact, name in found.items():
        yield f"  {fact}: {name}"


def _no_evidence(proposals: Sequence[Proposal], ruleset: str) -> Iterator[str]:
    found = {path: reason for each in proposals for path, reason in each.superseded.items() if each.active or each.idle}
    for each in proposals:
        if each.idle:
            paths = [path for some in each.inputs.values() for path in some]
            found |= dict.fromkeys(paths, each.idle_reason(ruleset))
    if found:
        yield ""
        yield "# Files that no binding reads, with the reason. A person checks each; `gonogo status` lists them."
        yield "not_evidence:"
    for path, reason in found.items():
        yield f"  {quoted(path)}: {quoted(reason)}"


def _unread(survey: Survey, bound: Collection[str]) -> Iterator[str]:
    known = [entry for entry in survey.recognized if not entry.kind.use.collector and entry.path not in bound]
    if known:
        yield ""
        yield "# === Recognized, but read by no collector of this version ==="
    for entry in known:
        yield from _top(f"{entry.path}: {entry.kind}. {entry.kind.use.advice}")
    if survey.unrecognized or survey.ignored:
        yield ""
        copies = f", {counted(len(survey.copies), 'copy', 'copies')} of others among them" if survey.copies else ""
        yield f"# === Not read: {counted(len(survey.unrecognized), 'file')}{copies} ==="
    for odd in survey.unrecognized[:LISTED]:
        yield from _top(f"{odd.path}: {odd.why}. {odd.detail}")
    if len(survey.unrecognized) > LISTED:
        yield f"# … and {len(survey.unrecognized) - LISTED} more; `gonogo init` printed them all"
    if survey.ignored:
        yield f"# {counted(survey.ignored, 'hidden file')} and folders were skipped."


def _top(text: str) -> Iterator[str]:
    return (line[2:] for line in _comment(text))
