"""What another release of gonogo, or another ruleset, makes of a run that was recorded."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import DottedName, Frozen, Identifier, OneLine, Sha256
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict


class Depth(StrEnum):
    """How much of a recorded run is done again."""

    BYTES = "from bytes"
    """The kept bytes of every source were read again, and what they say was judged again."""
    SOME_BYTES = "from bytes in part"
    """Likewise for some sources; for the others the recorded facts were judged again."""
    FACTS = "from recorded facts"
    """The admitted evidence was judged again, as it was recorded."""
    RECORD = "record only"
    """Nothing was judged again; the records give the recorded digest."""


class Rejudged(Frozen):
    """One criterion that comes out otherwise, or is explained otherwise.

    Attributes:
        criterion: Its id.
        before: How it stood in the record; absent where the record has no such criterion.
        after: How it stands now; absent where it is no longer asked.
        then: The recorded sentence; empty likewise.
        now: The sentence now; empty likewise.
    """

    criterion: DottedName
    before: Status | None = None
    after: Status | None = None
    then: str = ""
    now: str = ""

    @property
    def moved(self) -> bool:
        """Whether it stands otherwise, and not only in other words."""
        return self.before is not self.after

    @property
    def sentence(self) -> str:
        """What is different, without the criterion's name."""
        if self.before is None:
            return f"not asked then; {_words(self.after)} now: {self.now}"
        if self.after is None:
            return f"{_words(self.before)} then: {self.then} It is not asked now."
        if self.moved:
            return f"{_words(self.before)} then, {_words(self.after)} now: {self.now}"
        if self.then != self.now:
            return f"{_words(self.after)} then and now, in different words. Then: {self.then} Now: {self.now}"
        return f"{_words(self.after)} then and now, in the same words; its details differ."


def _words(status: Status | None) -> str:
    return status.value.replace("_", " ") if status is not None else "not asked"


class UpgradeCompared(Frozen):
    """``upgrade.compared``: the last decision run, judged again by another release of gonogo than made it.

    Attributes:
        compared: Id of the run that was judged again.
        version: Version of gonogo that recorded it.
        code_sha256: Digest of the code that judged it; absent where it was not recorded.
        depth: How much was done again.
        same: Whether the assessment has the same digest.
        before: The recorded verdict.
        after: The verdict now; absent where nothing was judged again.
        findings: Criteria that come out otherwise; absent where none does.
        decision: Other parts of the decision that differ, in words; absent where none does.
        why: Why nothing was judged again; absent where something was.
    """

    compared: Identifier
    version: str
    code_sha256: Sha256 | None = None
    depth: Depth
    same: bool
    before: Verdict
    after: Verdict | None = None
    findings: tuple[Rejudged, ...] | None = None
    decision: tuple[OneLine, ...] | None = None
    why: OneLine | None = None
