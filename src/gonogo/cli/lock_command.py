"""``gonogo lock``: Freeze what both sides agreed on, and change it only by request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gonogo.cli import options
from gonogo.cli.output import tell

if TYPE_CHECKING:
    from datetime import datetime

    from gonogo.governance.approval_file import Approvals
    from gonogo.signing.signer import Signer
    from gonogo.workflow.locking import Lockable

_FILE = click.Path(path_type=Path)
_MAKE = "make"


class _MakesByDefault(click.Group):
    """A group in which a program in place of a subcommand means ``make``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``make`` in front of a program."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = [_MAKE, *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand; ``make`` for any other word, which is a program."""
        return super().get_command(ctx, cmd_name) or self.commands[_MAKE]


@click.group(name="lock", cls=_MakesByDefault)
def command() -> None:
    """Freeze the criteria of a program: `gonogo lock PROGRAM` is `gonogo lock make PROGRAM`.

    What is frozen: identity and scope of the program, ruleset, overlays, vocabulary, authority and the plugins that may
    run. The lock is recorded in the audit log and written beside the program file as gonogo.lock. From then on a run
    whose files differ is judged, recorded and ends with 5.

    \b
    Example: gonogo lock our-program
    """


_approvals_option = click.option("--approvals", type=_FILE, metavar="FILE", help="Who approves it; see --draft.")
_draft_option = click.option("--draft", type=_FILE, metavar="FILE", help="Write a file of approvals to fill in.")


@command.command(name=_MAKE, short_help="Lock a program; show what that freezes and who approves it.")
@options.program_argument
@_approvals_option
@_draft_option
@options.signing_key_option
def make(program: Path, approvals: Path | None, draft: Path | None, signing_key: Path | None) -> int:
    """Show what a lock of PROGRAM freezes and who approves it; with --approvals, lock it.

    Of a program that is locked it shows how its files stand to the lock, and writes gonogo.lock again where it is gone.

    \b
    Example: gonogo lock make our-program --approvals approvals.yaml
    """
    from gonogo.cli.lock_telling import tell_standing, tell_what, write_draft
    from gonogo.errors import UsageError
    from gonogo.workflow.locking import make_lock

    found, now = _found(program)
    if found.history is not None:
        if approvals is not None or draft is not None:
            raise UsageError(
                f"The program is locked: lock {found.history.last.lock.number}.",
                hint="`gonogo lock amend` is how a lock is changed",
            )
        return tell_standing(found)
    tell_what(found)
    if draft is not None:
        write_draft(found, draft, now)
        return 0
    answer = make_lock(found, _said(found, approvals), signer=_signer(signing_key), now=now)
    return _told(found, answer.recorded is not None, answer.lacks, now)


@command.command(name="amend", short_help="Change a lock: by request, with approvals of both sides.")
@options.program_argument
@_approvals_option
@_draft_option
@click.option(
    "--uncontrolled", is_flag=True, help="Record a change that lacks a request or approvals, as uncontrolled."
)
@options.signing_key_option
def amend(
    program: Path, approvals: Path | None, draft: Path | None, uncontrolled: bool, signing_key: Path | None
) -> int:
    """Show how the files of PROGRAM differ from its lock; with --approvals, make that the lock.

    A change needs a request, who asked for it, a reason and the approvals of both sides; where it loosens anything, an
    independent reviewer too. Every later report lists it on page one. A new lock also records who holds the seats now.

    \b
    Example: gonogo lock amend our-program --approvals change-7.yaml
    """
    from gonogo.cli.lock_telling import tell_differences, write_draft
    from gonogo.errors import UsageError
    from gonogo.workflow.locking import make_lock

    found, now = _found(program)
    if found.history is None:
        raise UsageError("The program is not locked, so there is no lock to change.", hint="`gonogo lock PROGRAM`")
    if not found.differences and not found.history.uncontrolled and not found.seats:
        tell("The files are what was locked; there is nothing to change.")
        return 0
    tell_differences(found)
    if draft is not None:
        write_draft(found, draft, now)
        return 0
    answer = make_lock(found, _said(found, approvals), signer=_signer(signing_key), now=now, uncontrolled=uncontrolled)
    return _told(found, answer.recorded is not None, answer.lacks, now)


@command.command(name="show", short_help="Show every lock of a program, with every change.")
@options.program_argument
def show(program: Path) -> int:
    """Show every lock of PROGRAM, oldest first, with every change, from the audit log.

    \b
    Example: gonogo lock show our-program
    """
    from gonogo.governance.lock_words import history_lines

    found, _ = _found(program)
    if found.history is None:
        tell(f"{found.program} is not locked.")
        return 0
    for line in history_lines(found.history):
        tell(line)
    return 0


def _found(program: Path) -> tuple[Lockable, datetime]:
    from datetime import UTC, datetime

    from gonogo.workflow.locking import lockable_program

    now = datetime.now(UTC)
    return lockable_program(program, now), now


def _said(found: Lockable, approvals: Path | None) -> Approvals | None:
    from gonogo.governance.approval_file import read_approvals

    return None if approvals is None else read_approvals(approvals, program=found.program)


def _signer(key: Path | None) -> Signer | None:
    from gonogo.workflow.log_keys import signer_named

    return signer_named(key)


def _told(found: Lockable, recorded: bool, lacks: tuple[str, ...], now: datetime) -> int:
    from gonogo.cli.lock_telling import tell_answer

    return tell_answer(found, recorded, lacks, now)
