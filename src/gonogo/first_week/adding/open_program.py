"""A program that is there, with its rules and by what its files are drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from shlex import quote

from gonogo.collectors.rows.row_subject import bound_to
from gonogo.documents.files import real
from gonogo.errors import UsageError
from gonogo.first_week.adding.told_figures import ToldFigures
from gonogo.first_week.bindable import only_match
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.model.program import Binding, Release
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset


@dataclass(frozen=True, slots=True)
class OpenProgram:
    """A program, its rules, and the moment.

    Attributes:
        files: As its folder says it.
        rules: Its ruleset.
        release: The release whose files are added: the one that goes live next, else the last.
        now: The moment.
    """

    files: ProgramFiles
    rules: LoadedRuleset
    release: Release
    now: datetime

    @property
    def root(self) -> Path:
        """Its folder."""
        return self.files.root

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """Its bindings."""
        return self.files.program.bindings

    @property
    def zone(self) -> tzinfo:
        """The time zone in which its people count days."""
        return self.files.program.identity.zone

    @property
    def figures(self) -> ToldFigures:
        """How its figures are told to its people."""
        return ToldFigures(self.rules.vocabulary, self.zone)

    def terms(self) -> DraftTerms:
        """Return by what its files are drafted."""
        identity, ruleset = self.files.program.identity, self.rules.ruleset
        bound = bound_to(builds=sorted(self.release.builds), releases=[self.release.id], environments=[])
        makers = {"customer": identity.customer, "provider": identity.provider}
        now = self.now.astimezone(identity.zone)
        day = f"{self.release.go_live.astimezone(identity.zone):%Y-%m-%d}"
        owners = owners_of(ruleset)
        return DraftTerms(
            self.rules.vocabulary, required_of(ruleset, self.rules.vocabulary), owners, (bound,), now, day, makers
        )

    def readers(self, path: str) -> list[Binding]:
        """Return the bindings that read a file, by its path relative to the program's folder."""
        return [
            binding
            for binding in self.bindings
            if any(
                pattern == path or only_match(pattern, [path]) for entry in binding.inputs for pattern in entry.paths
            )
        ]


def open_program(program: Path, now: datetime | None = None) -> OpenProgram:
    """Load a program and its rules.

    Raises:
        ConfigurationError: With every mistake.
    """
    files = load_program(program)
    rules = load_ruleset(files.program.ruleset, files.overlay_paths, root=files.root, where=files.ruleset_place)
    moment = now or datetime.now(UTC)
    releases = sorted(files.program.releases, key=lambda each: each.go_live)
    release = next((each for each in releases if each.go_live >= moment), releases[-1])
    return OpenProgram(files, rules, release, moment)


def path_in(program: OpenProgram, file: Path) -> str:
    """Return a file's path relative to the program's folder; it may be given from there, or from where one is.

    A path or pattern of a binding is taken as the binding writes it.

    Raises:
        UsageError: There is no such file, or it is outside.
    """
    root = program.root
    if any(str(file) in entry.paths for binding in program.bindings for entry in binding.inputs):
        return str(file)
    for candidate in (file, root / file):
        if candidate.is_file():
            path = real(candidate)
            if not path.is_relative_to(real(root)):
                raise UsageError(
                    f"{file} is outside {root}, and evidence must be in the program's folder.",
                    hint=f"copy it there first: cp {quote(str(file))} {quote(str(root / 'evidence'))}/",
                )
            return path.relative_to(real(root)).as_posix()
    raise UsageError(f"There is no file {file}.", hint="give a path from here, or from the program's folder")
