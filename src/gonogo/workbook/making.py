"""Making a workbook for a program: what is due, what is answered, and what gonogo.yaml must say to read it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from gonogo.core.scope import scope_of
from gonogo.core.wording import listing
from gonogo.documents.files import real
from gonogo.documents.xlsx.cell_tree import GridSource
from gonogo.documents.xlsx.form import ACCEPTANCES, APPROVALS, DELEGATIONS, ORGANIZATIONS, PEOPLE, PLANS, STAFF, WAIVERS
from gonogo.documents.yaml import MappingNode, Node, SequenceNode
from gonogo.errors import UsageError
from gonogo.model.program import STATEMENTS, Program, Release
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import load_ruleset
from gonogo.workbook.accepted_rows import accepted_and_drafted, needed_registers
from gonogo.workbook.answered import Answered, answered_facts
from gonogo.workbook.content import Content, kind_text
from gonogo.workbook.keeping import left_behind, read_earlier
from gonogo.workbook.questions import Question, about_a_build, decision_day, of_a_register, questions
from gonogo.workbook.sheets import write_workbook


def taken_rows(loaded: ProgramFiles, data: bytes) -> dict[str, frozenset[int]]:
    """Return each sheet that gonogo.yaml reads from these bytes, with the rows that count as read.

    A row of a plan or waiver that cannot be read is not among them: it is lost when the workbook is made again.
    """
    found: dict[str, set[int]] = {}
    forms = {
        "people": (PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS),
        "plans": (PLANS,),
        "waivers": (WAIVERS, APPROVALS),
        "acceptances": (ACCEPTANCES,),
    }
    lost = {
        "plans": {index for index, one in enumerate(loaded.plans) if one.unreadable},
        "waivers": {index for index, one in enumerate(loaded.waivers) if one.unreadable},
        "acceptances": {index for index, one in enumerate(loaded.acceptances) if one.unreadable},
    }
    for key, own in forms.items():
        sheet = loaded.sheets.get(key)
        if sheet is None or sheet.data != data:
            continue
        found |= {form.sheet: found.get(form.sheet, set()) for form in own}
        parts = ("people", "delegations", "staff", "organizations") if key == "people" else (key,)
        for part in parts:
            rows = sheet.at((part,))
            for index, row in enumerate(rows.items if isinstance(rows, SequenceNode) else ()):
                if index not in lost.get(part, ()):
                    _add(row, found)
    return {name: frozenset(rows) for name, rows in found.items()}


def _add(row: Node, found: dict[str, set[int]]) -> None:
    if isinstance(row.source, GridSource):
        found.setdefault(row.source.sheet, set()).add(row.line)
    approvals = row.get("approved_by") if isinstance(row, MappingNode) else None
    for approval in approvals.items if isinstance(approvals, SequenceNode) else ():
        _add(approval, found)


_REGISTERS: Final = {"plans": "Action plans", "waivers": "Waivers"}


@dataclass(frozen=True, slots=True)
class Made:
    """A workbook, and what to say about it.

    Attributes:
        data: Its bytes.
        asked: Facts that it asks.
        kept: Facts whose earlier answers were taken over.
        left: What the earlier workbook holds and this one does not, a sentence each.
        block: Lines for gonogo.yaml; empty where it names the workbook already.
        remarks: What a person should know.
    """

    data: bytes
    asked: int
    kept: int
    left: tuple[str, ...]
    block: str
    remarks: tuple[str, ...]


def make_workbook(
    program: Path,
    *,
    output: Path,
    release: str | None = None,
    as_of: datetime | None = None,
    decision: date | None = None,
    answers: bytes | None = None,
) -> Made:
    """Make the workbook of a program: one row for each fact that is due and that no collector answers.

    Args:
        program: Its folder or gonogo.yaml.
        output: Where the workbook will be written; only named here.
        release: Release; needed where there are several.
        as_of: What counts as now; the clock unless given.
        decision: Day of the decision; the day of the next milestone unless given.
        answers: Bytes of an earlier workbook whose answers are taken over.

    Raises:
        ConfigurationError: With every mistake of the program and its ruleset.
        UsageError: The release is unknown or not named, the earlier workbook cannot be read, or xlsxwriter is missing.
    """
    loaded = load_program(program, awaited=output)
    rules = load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root, where=loaded.ruleset_place)
    loaded = check_program(loaded, rules)
    now = as_of or datetime.now(UTC)
    chosen = chosen_release(loaded.program, release)
    identity = loaded.program.identity
    day = decision or decision_day(rules.ruleset.policy, identity, release=chosen, now=now)
    scope = scope_of(rules.ruleset, identity, release=chosen, now=now, adopt=loaded.program.adopt)
    known = answered_facts(loaded.program, loaded.root, release=chosen)
    names_build = any(one.build is not None for one in known.own)
    asked = questions(
        *(scope, rules.vocabulary, known.facts),
        identity=identity,
        release=chosen,
        decision=day,
        names_build=names_build,
    )
    listed = of_a_register(scope, rules.vocabulary, known.facts)
    unasked = [] if names_build else about_a_build(scope, rules.vocabulary, known.facts)
    earlier = None
    if answers is not None:
        earlier = read_earlier(answers, asked, program=identity.id, release=chosen.id)
    needed = needed_registers(rules.ruleset, rules.vocabulary, loaded.program.adopt)
    accepted = accepted_and_drafted(loaded, rules.vocabulary, chosen, needed=needed)
    content = Content(
        identity=identity,
        release=chosen,
        ruleset=rules.ruleset,
        today=identity.local_date(now),
        decision=day,
        questions=asked,
        people=loaded.people,
        plans=tuple(plan for plan in loaded.plans if not plan.unreadable),
        waivers=tuple(waiver for waiver in loaded.waivers if not waiver.unreadable),
        answers=earlier.answers if earlier else {},
        taken={} if answers is None else taken_rows(loaded, answers),
        registers=tuple(rules.vocabulary.registers_by_id),
        acceptances=accepted.rows,
    )
    path = _inside(loaded, output)
    remarks = [
        *known.remarks,
        *_waiting(known, [name for case in scope.asked for name in case.criterion.facts]),
        *_of_a_build([name for name in unasked if name not in listed]),
        *_of_registers(listed),
        *accepted.remarks,
        *_unstated(known, asked),
        *_other_registers(loaded, path, content),
    ]
    return Made(
        data=write_workbook(content),
        asked=len(asked),
        kept=len(content.answers),
        left=tuple(left_behind(earlier, content)) if earlier else (),
        block=_block(loaded, known, asked, path, chosen) + _register_lines(loaded, path, content),
        remarks=tuple(remarks),
    )


def chosen_release(program: Program, wanted: str | None) -> Release:
    """Return the release that is asked for, or the only one.

    Raises:
        UsageError: It is unknown, or several are there and none is named.
    """
    named = ", ".join(release.id for release in program.releases)
    if wanted is None and len(program.releases) > 1:
        raise UsageError("The program has several releases.", hint=f"say which one: --release {named}")
    found = program.releases[0] if wanted is None else program.release(wanted)
    if found is None:
        raise UsageError(f"The program has no release {wanted!r}.", hint=f"releases: {named}")
    return found


def _unstated(known: Answered, asked: Sequence[Question]) -> list[str]:
    names = {one.fact.name for one in asked}
    return [
        f"The binding {binding!r} owes {len(facts & names)} of these facts too and states none of them; a fact that "
        "two bindings owe counts only if both answer. Take them out of its settings, or let it read the workbook."
        for binding, facts in known.owing.items()
        if facts & names
    ]


def _waiting(known: Answered, needed: Collection[str]) -> list[str]:
    """Say which facts are not asked because a binding that waits for a person answers them, and what to do."""
    found = {name: sorted(facts & set(needed)) for name, facts in known.waiting.items()}
    found = {name: facts for name, facts in found.items() if facts}
    if not found:
        return []
    parts = [f"{', '.join(facts)} ({name})" for name, facts in found.items()]
    told = listing(parts, most=len(parts))
    return [
        f"Not asked, because a binding that nobody has confirmed would answer it: {told}. The fact is unknown until a "
        "person confirms that binding or settles it as no evidence; then make this workbook again with --keep-answers."
    ]


def _of_a_build(names: list[str]) -> list[str]:
    if not names:
        return []
    return [
        f"Not asked, because a row names no build and the answer counts for one build only: {listing(names)}. "
        "Bind a source that says which build it is about."
    ]


def _of_registers(names: list[str]) -> list[str]:
    if not names:
        return []
    return [
        f"Not asked, because a statement names no open items: {listing(names)}. "
        "Bind the list itself, with a row and a key for each item."
    ]


def _inside(loaded: ProgramFiles, output: Path) -> str:
    """Return the workbook's path as gonogo.yaml writes it."""
    try:
        return real(output).relative_to(real(loaded.root)).as_posix()
    except ValueError:
        return output.name


def _written(content: Content) -> dict[str, str]:
    """Return the registers that the workbook holds, by key of gonogo.yaml."""
    return _REGISTERS | ({"acceptances": ACCEPTANCES.sheet} if content.registers else {})


def _register_lines(loaded: ProgramFiles, path: str, content: Content) -> str:
    """Return the lines by which what is typed into the sheets of the registers counts, where none is there yet."""
    document = loaded.sheets["program"].document
    return "".join(f"{key}: {json.dumps(path)}\n" for key in _written(content) if getattr(document, key) is None)


def _other_registers(loaded: ProgramFiles, path: str, content: Content) -> list[str]:
    """Say of each register that is read elsewhere that its sheet counts for nothing, and how to change that."""
    document = loaded.sheets["program"].document
    named = {key: getattr(document, key) for key in _written(content)}
    return [
        f"{sheet} typed into this workbook do not count, because gonogo.yaml reads {named[key]}. The workbook "
        f"already holds what is in that file: to make its sheet count instead, write {key}: {json.dumps(path)} there."
        for key, sheet in _written(content).items()
        if named[key] not in (None, path)
    ]


def _block(loaded: ProgramFiles, known: Answered, asked: Sequence[Question], path: str, release: Release) -> str:
    """Return what gonogo.yaml needs to read the workbook back."""
    mine = [one for one in known.own if path in [name for entry in one.inputs for name in entry.paths]]
    if any(one.id == "attestations" and one.settings.get("facts") is not None for one in mine):
        return ""
    single = len(loaded.program.releases) == 1
    if not mine and single and not any(one.id == "attestations" for one in loaded.program.bindings):
        return f"attestations: {json.dumps(path)}\n"
    lines = [
        f"  - id: {mine[0].id if mine else f'workbook-{release.id}'}",
        f"    collector: {STATEMENTS}",
        f"    path: {json.dumps(path)}",
        "    side: customer",
        f"    producer: {json.dumps(loaded.program.identity.customer, ensure_ascii=False)}",
        *([] if single else [f"    subject: {{release: {release.id}}}"]),
        "    settings:",
        "      facts:",
        *(f"        {one.fact.name}: {kind_text(one.fact)}" for one in asked),
    ]
    return "\n".join(lines) + "\n"
