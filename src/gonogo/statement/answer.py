"""May it be deployed? One answer in five lines, in every case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

MAY, NO, USAGE, UNDECIDED, FORGED = 0, 1, 2, 4, 5
_WORDS: Final = {NO: "REFUSED", USAGE: "USAGE", UNDECIDED: "UNDECIDED", FORGED: "BROKEN"}
_OWNERS: Final = {
    MAY: "the person who deploys",
    NO: "the people who run the gate",
    USAGE: "the people who keep the job that deploys, and its trust file",
    UNDECIDED: "the people who run this machine",
    FORGED: "the people who keep the audit log and its keys",
}
"""Who looks into it where no criterion names an owner."""


@dataclass(frozen=True, slots=True)
class DeployAnswer:
    """The answer to a deploy job.

    Attributes:
        code: The exit code: 0 may be deployed, 1 no, 2 usage or trust file, 4 nobody can tell, 5 signature or log.
        why: The deciding criterion or the reason, one sentence.
        step: What to do.
        owner: Who answers for it; by the code where empty.
        word: The verdict's word; by the code where empty.
        checked: What was checked, in order.
    """

    code: int
    why: str
    step: str
    owner: str = ""
    word: str = ""
    checked: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The five lines. The last one is for programs."""
        lines = (
            f"{'May be deployed' if self.code == MAY else 'May not be deployed'}: {self.why}",
            f"owner: {self.owner or _OWNERS[self.code]}",
            f"next: {self.step}",
            f"checked: {'; '.join(self.checked) or 'nothing'}",
            f"verdict={self.word or _WORDS[self.code]}",
        )
        return tuple(" ".join(line.split()) for line in lines)

    def having_checked(self, checked: Sequence[str]) -> DeployAnswer:
        """Return the same answer with what was checked before it was found."""
        return replace(self, checked=tuple(checked))


def refused(why: str, step: str, *, code: int = NO, owner: str = "", word: str = "") -> DeployAnswer:
    """Return that it may not be deployed."""
    return DeployAnswer(code, why, step, owner, word)
