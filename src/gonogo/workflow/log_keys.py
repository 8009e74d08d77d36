"""Who signs the log of a run, what the trust file knows of that log, and whether the two fit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gonogo.audit.log import AuditLog
from gonogo.audit.reading import has_segments
from gonogo.audit.trusted import accepted_checkpoint
from gonogo.audit.watermark import KnownRoot, Watermark
from gonogo.errors import UsageError
from gonogo.model.assessment import Purpose
from gonogo.signing.trust_values import KeyKind, Trust
from gonogo.workflow.loaded import LoadedProgram

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class LogKeys:
    """What vouches for the log of one run.

    Attributes:
        signer: Signs its checkpoints; None leaves them unsigned.
        trust: What the trust file says; None where the program names none.
        who: The trust file, as sentences name it.
    """

    signer: Signer | None = None
    trust: Trust | None = None
    who: str = ""

    @property
    def known(self) -> tuple[KnownRoot, ...]:
        """What the trust file knows of the log."""
        if self.trust is None or self.trust.log is None:
            return ()
        return (known_to(self.trust, self.who),)

    def check_signer(self, purpose: Purpose, now: datetime) -> None:
        """Check, before anything is collected, that the run can be signed as the trust file asks.

        Args:
            purpose: What kind of run it is.
            now: Host time.

        Raises:
            UsageError: A decision would be recorded without a signature that the trust file asks for, or any run with
                one of a key that it does not have for the log today.
        """
        trust, signer = self.trust, self.signer
        ever = [] if trust is None else [key for key in trust.keys if key.signs_log]
        if trust is None or not ever:
            return
        able = trust.trusted(KeyKind.LOG, now)
        if signer is not None and signer.public not in [key.public for key in able]:
            known = [key for key in ever if key.public == signer.public]
            why = f"counts from {known[0].start} to {known[0].until}" if known else "is not one of its keys for the log"
            raise UsageError(
                f"The record may not be signed with this key: by {self.who} it {why}.",
                hint=f"sign with {_one_of([key.id for key in able])}, or correct the trust file",
            )
        if signer is not None or purpose is not Purpose.DECISION:
            return
        if not able:
            last = max(key.until for key in ever)
            raise UsageError(
                f"No key in {self.who} may sign the log today (the last day of any is {last}): nothing can be decided.",
                hint="add a key that is in force to the trust file, or run `gonogo progress`",
            )
        raise UsageError(
            f"This decision would not be signed: {self.who} has {_one_of([key.id for key in able])} for the log.",
            hint="give the key with `--signing-key FILE` or GONOGO_SIGNING_KEY, or run `gonogo progress`",
        )

    def check_accepted(self, folder: Path, log: AuditLog) -> None:
        """Check that the last checkpoint that was signed is one of a key that the trust file has for the log.

        Raises:
            IntegrityError: It is not, or its statement is gone.
        """
        if self.trust is not None and any(key.signs_log for key in self.trust.keys):
            own, own_ts = log.last_checkpoint, log.checkpoint_ts
            accepted_checkpoint(folder, log.ledger, own, self.trust, self.who, own_ts=own_ts)


UNSIGNED: Final = LogKeys()
"""Nobody vouches for the log."""


def signer_named(key: Path | None) -> Signer | None:
    """Return the signer that an option or the environment of this process names; None where neither names one.

    Raises:
        UsageError: The environment contradicts itself, or the key cannot be used.
    """
    from gonogo.signing.signer import signer_from  # signing starts processes, which not every host can

    return signer_from(os.environ, key)


def known_to(trust: Trust, who: str) -> KnownRoot:
    """Return what a trust file knows of a log; it has to say anything about one."""
    assert trust.log is not None
    return KnownRoot(trust.log.size, trust.log.root, who, trust.log.id, trust)


def trust_of(loaded: LoadedProgram) -> tuple[Trust | None, str]:
    """Return what the program's trust file says, and what sentences call it; None where the program names none.

    Raises:
        ConfigurationError: It is missing or has mistakes.
    """
    name = loaded.program.trust
    if name is None:
        return None, ""
    from gonogo.signing.trust_file import read_trust

    return read_trust(loaded.root / name, program=loaded.program.identity.id), f"the trust file {name}"


def keys_of(loaded: LoadedProgram, signer: Signer | None) -> LogKeys:
    """Return who signs the log of a run and what the trust file says about it, before anything touches the log.

    Args:
        loaded: The program.
        signer: Who was named to sign; None where nobody was.

    Raises:
        ConfigurationError: The trust file is missing or has mistakes.
        IntegrityError: The trust file knows of a log, and there is none.
    """
    keys = LogKeys(signer, *trust_of(loaded))
    if keys.known and not has_segments(loaded.root / loaded.program.log):
        Watermark(None, keys.known).reached(0)
    return keys


def _one_of(names: list[str]) -> str:
    if not names:
        return "a key that is in force"
    return f"the key {names[0]}" if len(names) == 1 else f"one of the keys {', '.join(names)}"
