"""Starting a program: its folder with ruleset, bindings and side files. Nothing that is there is ever overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.collectors.rows.row_subject import bound_to
from gonogo.errors import UsageError
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.other_sheets import sheets_left, unread_words
from gonogo.first_week.drafts.questions_by_seat import question_lines, questions_of
from gonogo.first_week.drafts.table_file import summary
from gonogo.first_week.evidence_folder import files_elsewhere
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.interview import Answers
from gonogo.first_week.program_text import program_text
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.proposals import propose
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.recognition import Survey, survey
from gonogo.first_week.ruleset_copy import copy_ruleset
from gonogo.first_week.seat_interview import people_text, roles_of
from gonogo.first_week.started_page import PAGE, files_in_short, first_look_file, page_lines
from gonogo.first_week.unfilled import Open, unfilled
from gonogo.model.fact import Bound

PROGRAM: Final = "gonogo.yaml"
WORKBOOK: Final = "evidence.xlsx"
BINDINGS: Final = "bindings.xlsx"
_NOBODY: Final = " (read by no collector of this version)"
REGISTERS: Final = ("waivers.yaml", "plans.yaml")
"""Read where they are there already; otherwise the workbook has a sheet for each."""


@dataclass(frozen=True)
class Started:
    """A program that was just started.

    Attributes:
        root: Its folder.
        answers: What it was made of.
        survey: What its evidence folder holds.
        proposals: Bindings that were written.
        kept: Files that were there already and were left as they are.
        left: What a person must fill in.
        first_look: File that says everything, where that does not fit on one page; empty where it does.
    """

    root: Path
    answers: Answers
    survey: Survey
    proposals: tuple[Proposal, ...]
    kept: tuple[str, ...]
    left: tuple[Open, ...]
    first_look: str = ""

    def lines(self) -> list[str]:
        """Return what a person hears afterwards, on one page; :meth:`everything` where that fits on it."""
        whole = self.everything()
        if not self.first_look:
            return whole
        about = page_lines(self.survey, self.proposals, self.answers.rules.ruleset, self.answers.seats.held)
        written = [f"To fill in: {counted(len(self.left), 'place')}"] if self.left else []
        file = plain(str(self.root / self.first_look))
        every = f"Every file and every question, in full: {file}"
        return [self._written, *self._beside(), *about, *self._kept, *written, every, *self._next()]

    def everything(self) -> list[str]:
        """Return every file with what it is and answers, and every question by who is asked."""
        found = self.survey
        lines = [self._written]
        left = sheets_left(self.proposals)
        for entry in found.recognized:
            use = "" if entry.kind.use.collector else self._beside_another(entry)
            name = self.answers.rules.ruleset.name
            answers = "".join(_answers(each, name) for each in self.proposals if entry.path in each.paths)
            sheets = f"; {unread_words(left[entry.path])}" if entry.path in left else ""
            lines.append(f"  {plain(entry.path)}: {entry.kind}{use}{answers}{sheets}")
        lines += self._beside()
        for title, odd in (("Copies of other files, not read", found.copies), ("Not recognized", found.strange)):
            lines += [f"{title}: {counted(len(odd), 'file')}"] if odd else []
            lines += [f"  {plain(each.path)}: {each.why}. {each.detail}" for each in odd]
        lines += self._kept
        owners = owners_of(self.answers.rules.ruleset)
        lines += question_lines(questions_of(self.proposals, owners), self.answers.seats.held)
        if self.left:
            lines.append(f"To fill in: {counted(len(self.left), 'place')}")
            lines += [f"  {entry}" for entry in self.left]
        return [*lines, *self._next()]

    @property
    def _active(self) -> int:
        return sum(proposal.active for proposal in self.proposals)

    @property
    def _lacks_build(self) -> bool:
        """Whether nobody has named the build that is released, and a binding answers facts of one build alone."""
        rules = self.answers.rules
        asked = required_of(rules.ruleset, rules.vocabulary)
        answered = {fact for each in self.proposals if each.active for fact in each.answers}
        return not self.answers.build and any(rules.vocabulary[fact].bound is Bound.BUILD for fact in answered & asked)

    @property
    def _written(self) -> str:
        bound = f"{counted(self._active, 'binding')} drafted, to be confirmed" if self._active else "no binding"
        files = files_in_short(self.survey, self.proposals, self.answers.rules.ruleset.name)
        return f"{plain(str(self.root / PROGRAM))} is written: {files}; {bound}."

    @property
    def _kept(self) -> list[str]:
        return [f"{name} already existed and is kept." for name in self.kept]

    def _beside(self) -> list[str]:
        unasked = [f"Not asked what it recognizes: {plain(each, most=300)}" for each in self.survey.unasked]
        return [*files_elsewhere(self.root, self.answers.evidence, self.survey), *unasked]

    def _beside_another(self, entry: Recognized) -> str:
        """Return which binding reads a file beside its own, or that none does."""
        readers = [each.id for each in self.proposals if each.active and [entry.path] in each.inputs.values()]
        if readers:
            return f"; read by {', '.join(readers)} beside its own file"
        return f" (no binding reads it. {entry.kind.use.advice})" if entry.kind is FileKind.KEV else _NOBODY

    def _next(self) -> list[str]:
        folder, workbook, program, bindings = (
            plain(quote(str(path)))
            for path in (self.root, self.root / WORKBOOK, self.root / PROGRAM, self.root / BINDINGS)
        )
        confirm = [
            f"To confirm what was drafted, one file after the other: gonogo add {folder} --confirm",
            f"or in a workbook, one sheet a binding: gonogo bind {bindings} --make",
        ]
        build = (
            "Nobody has said which build is released, and results of tests count for that one alone: that workbook "
            "asks for it."
        )
        return [
            *(confirm if self._active else []),
            *([build] if self._lacks_build else []),
            f"Next: gonogo lint {folder}, then gonogo progress {folder}",
            f"To ask people what no file shows: gonogo workbook {folder} -o {workbook} >> {program}",
        ]


def _answers(proposal: Proposal, ruleset: str) -> str:
    sheet = f"; sheet {plain(proposal.sheet)}" if proposal.beside or len(proposal.sheets) > 1 else ""
    if proposal.unfit:
        return f"{sheet}; export profile {proposal.profile} does not read it: {plain(proposal.unfit, most=300)}"
    if proposal.profile:
        sheet += f"; export profile {proposal.profile}"
    if proposal.idle:
        return f"{sheet}; not bound, because {ruleset} asks for no fact of it"
    if proposal.profile:
        return f"{sheet}, answers {', '.join(proposal.answers)}"
    return f"{sheet}; {summary(proposal.draft)}" if proposal.draft is not None else ""


def refuse_taken(root: Path) -> None:
    """Refuse a folder that has a program already, or that is none.

    Raises:
        UsageError: So it is.
    """
    if (root / PROGRAM).exists() or (root / PROGRAM).is_symlink():
        hint = "`gonogo lint` checks it; to start over, move it away first"
        if (root / PROGRAM).is_file() and not (root / PROGRAM).stat().st_size:
            hint = (
                "it is empty, as `>>` leaves a new file if the command before it fails: remove it, then run this again"
            )
        raise UsageError(f"{root / PROGRAM} already exists; it is never overwritten.", hint=hint)
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is not a folder.", hint="a program is a folder; give its name")


def start(root: Path, answers: Answers) -> Started:
    """Write the program's folder.

    Raises:
        UsageError: There is a program already, or something cannot be written.
    """
    refuse_taken(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        (root / answers.evidence).mkdir(exist_ok=True)
        found = survey(root, answers.evidence)
        proposals = propose(found, root, answers.rules.vocabulary, _terms(answers))
        copy_ruleset(answers.rules, root)
        people = people_text(
            answers.seats, roles_of(answers.rules), customer=answers.customer, provider=answers.provider
        )
        registers = [name for name in REGISTERS if (root / name).is_file()]
        kept = [*([] if _written(root / "people.yaml", people) else ["people.yaml"]), *registers]
        if not _written(root / PROGRAM, program_text(answers, found, proposals, registers)):
            raise UsageError(f"{root / PROGRAM} has just been written by somebody else; it is not overwritten.")
        started = Started(root, answers, found, tuple(proposals), tuple(kept), tuple(unfilled(root)))
        whole = started.everything()
        if len(whole) > PAGE:
            started = replace(started, first_look=first_look_file(root, whole))
    except OSError as error:
        raise UsageError(f"{root} cannot be written: {error.strerror or error}.") from error
    return started


def _terms(answers: Answers) -> DraftTerms:
    ruleset = answers.rules.ruleset
    bound = bound_to(builds=[answers.build] if answers.build else [], releases=[answers.release], environments=[])
    return DraftTerms(
        answers.rules.vocabulary,
        required_of(ruleset, answers.rules.vocabulary),
        owners_of(ruleset),
        (bound,),
        datetime.now(ZoneInfo(answers.time_zone)),
        answers.go_live[:10],
        {"customer": answers.customer, "provider": answers.provider},
    )


def _written(path: Path, text: str) -> bool:
    """Write a new file; leave one that is there, and say so."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return False
    return True
