"""One binding that is proposed: in force where nothing is missing, else a comment to be completed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.mapping import TableMapping
from gonogo.plugin.recognizes import Recognizes

IDLE: Final = "asks for no fact of it"
"""How the reason ends why a file is no evidence for a ruleset."""


@dataclass(slots=True)
class Proposal:
    """One binding.

    Attributes:
        id: Its id, unique in the program.
        kind: What it reads.
        paths: Files that it was made for, as they are called.
        collector: ``plugin`` or ``plugin:collector``.
        prefix: ``as``; empty where it is not known.
        inputs: Paths by the name of the input, as a binding writes them.
        pick_newest: Whether the newest of several dated files counts.
        as_of: Regular expression for the date in the file's name; empty for the document's own.
        side: Whose evidence it seems to be.
        settings: Of the collector.
        remarks: What a person should know or check.
        assumed: Which settings its collector took from the file, a sentence each; nobody has confirmed them.
        missing: What only a person knows and without which it is not sound; empty for a binding that may be active.
        answers: Facts that it will answer for, by their full names.
        people: Why it is about people; none where nothing says so.
        draft: The table as it is drafted; None for what a collector reads as it is.
        profile: Export profile that says how it is read; empty for none.
        unfit: How the file differs from that profile, which therefore does not read it; empty where it fits.
        words: Word lists of the profile that a person answered otherwise than the tool usually has them.
        leaves_out: Facts of the profile that the file cannot show, by their local names, with who gives them.
        mapping: The table, where a profile reads it.
        title: What the profile calls such a file; empty for none.
        again: Whether the file itself has to be exported again before any binding can read it.
        of_build: Whether its facts count for one build only, and it does not say itself which.
        rule: How its content is known to have held, as the program file writes it; empty where ``as_of`` says it.
        day: The day that the cell of ``rule``, or that of ``day_at``, gives today; empty where neither does.
        day_at: What gives it, ``the cell A2``, where no rule reads it, so that a person has to say the day.
        day_why: What else says a day, and why it does not count; empty for nothing.
        maker: Who makes it; empty where only a person knows.
        confirmed: Whether a person has confirmed it; else it says ``confirmed: no``.
        confirmation: Who has confirmed it and when, as a comment; empty for nobody.
        questions: What only a person knows, a sentence each; the binding stands without.
        of_draft: Such questions of the draft, which are asked anew when it changes.
        superseded: Other versions of its file, with the reason why they are no evidence.
        sheet: Sheet of the workbook that it reads; empty for what is no workbook.
        sheets: All sheets of that workbook that may hold items; nothing where only one of its bindings lists them.
        beside: Whether another binding reads the sheet with most cells.
        idle: Whether it is known how to read the file, and the ruleset asks for no fact of it.
        of_updates: The binding of the newest file, where this one reads it and those before it; None for any other.
        authority: Facts for which it counts although another binding answers them too.
    """

    id: str
    kind: FileKind | DeclaredKind
    paths: tuple[str, ...]
    collector: str
    prefix: str = ""
    inputs: dict[str, list[str]] = field(default_factory=dict)
    pick_newest: bool = False
    as_of: str = ""
    side: str = "customer"
    settings: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    answers: tuple[str, ...] = ()
    people: list[str] = field(default_factory=list)
    draft: TableDraft | None = None
    profile: str = ""
    unfit: str = ""
    again: bool = False
    words: dict[str, list[str]] = field(default_factory=dict)
    leaves_out: dict[str, str] = field(default_factory=dict)
    mapping: TableMapping | None = None
    title: str = ""
    of_build: bool = False
    rule: str = ""
    day: str = ""
    day_at: str = ""
    day_why: str = ""
    maker: str = ""
    confirmed: bool = True
    confirmation: str = ""
    questions: list[str] = field(default_factory=list)
    of_draft: list[str] = field(default_factory=list)
    superseded: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    beside: bool = False
    idle: bool = False
    of_updates: Proposal | None = None
    authority: tuple[str, ...] = ()

    @property
    def asked(self) -> list[str]:
        """Every question, a sentence each."""
        return [] if self.idle else [*self.questions, *self.of_draft]

    @property
    def active(self) -> bool:
        """Whether the binding is written as it is, not as a comment."""
        return not self.missing and not self.idle

    def idle_reason(self, ruleset: str) -> str:
        """Return why its files are no evidence for a ruleset, which a person changes with the ruleset."""
        return f"{self.title or self.kind}: {ruleset} {IDLE}"

    @property
    def declares(self) -> Recognizes | None:
        """What the collector declares of such files; None for a table."""
        return self.kind.file if isinstance(self.kind, DeclaredKind) else None

    @property
    def dated(self) -> bool:
        """Whether the document itself says when it held."""
        return self.declares is not None and self.declares.dated
