"""What a bundle says: which program and release, when it was made, and each binding's answer with its sources."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from gonogo.model.base import Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.canonical import digest
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.model.reply import Reply

PREDICATE_TYPE: Final = "https://gonogo.dev/evidence-bundle/v1"
MANIFEST: Final = "bundle.json"
SIGNATURES: Final = "bundle.dsse.json"
SOURCES: Final = "sources/"


class Deposit(Frozen):
    """One binding's answer.

    Attributes:
        reply: What its collector answered, as a run would have taken it.
        binding_sha256: Digest of the binding by which it was asked; see :func:`binding_digest`.
        side: Whose evidence it is.
        sources: Digests of the sources whose bytes are in the bundle.
    """

    reply: Reply
    binding_sha256: Sha256
    side: Side
    sources: tuple[Sha256, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Paths of the sources whose bytes are not in the bundle."""
        return tuple(entry.path for entry in self.reply.inputs if entry.sha256 not in self.sources)


class Manifest(Frozen):
    """Everything that a bundle says.

    Attributes:
        version: Of this form.
        made_by: ``gonogo`` and its version.
        program: Id of the program.
        release: Id of the release.
        subjects: What exactly is released, as the program file of the depositor says.
        made: When the evidence was collected, by the depositor's clock.
        deposits: At least one; each binding once.
    """

    version: Literal[1] = 1
    made_by: OneLine
    program: Identifier
    release: Identifier
    subjects: dict[str, str] = Field(default_factory=dict)
    made: Instant
    deposits: tuple[Deposit, ...] = Field(min_length=1, max_length=1000)


def binding_digest(binding: Binding) -> str:
    """Return the digest of what a binding asks, whatever line of the program file it stands on."""
    document = binding.document()
    document.pop("where", None)
    return digest(document)
