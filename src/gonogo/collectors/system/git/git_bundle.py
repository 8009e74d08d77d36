"""The head of a git bundle: what its history is called, and whether it is the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

SIGNATURES: Final = (b"# v2 git bundle\n", b"# v3 git bundle\n")
AGAIN: Final = "make it with `git bundle create FILE --all` in a full clone"
LONGEST_HEAD: Final = 4 * 2**20
_DIGITS: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class BundleHead:
    """What stands before the objects.

    Attributes:
        refs: Full name of a branch or tag (``refs/heads/main``) to the id of its object.
        algorithm: Of the ids: ``sha1`` or ``sha256``.
        objects_at: Where the objects begin.
    """

    refs: dict[str, str]
    algorithm: str
    objects_at: int


def read_head(data: bytes, place: str) -> BundleHead:
    """Return the head of a bundle.

    Args:
        data: The file.
        place: What it is called.

    Raises:
        StructuralFault: It is no bundle, is one of a part of the history, or its repository replaces objects.
    """
    signature = next((mark for mark in SIGNATURES if data.startswith(mark)), None)
    if signature is None:
        raise StructuralFault(f"{place} is no git bundle of version 2 or 3; {AGAIN}")
    end = data.find(b"\n\n", len(signature) - 1, LONGEST_HEAD)
    if end < 0:
        more = f", or its branches and tags take more than {LONGEST_HEAD >> 20} MB" if len(data) > LONGEST_HEAD else ""
        raise StructuralFault(f"{place} ends before its objects; it may be cut{more}")
    algorithm = "sha1"
    refs: dict[str, str] = {}
    for line in filter(None, data[len(signature) : end].split(b"\n")):
        text = line.decode("utf-8", "backslashreplace")
        if text.startswith("@") and signature == SIGNATURES[1] and not refs:
            name, _, value = text[1:].partition("=")
            if name == "object-format" and value in ("sha1", "sha256"):
                algorithm = value
            elif name != "filter":
                raise StructuralFault(f"{place} needs {text[:60]!r}, which is not read here")
            continue
        if text.startswith("-"):
            raise StructuralFault(
                f"{place} holds only what came after commit {text[1:13]}, and not the history before; {AGAIN}",
                GapReason.NOT_PROVABLE,
            )
        identity, _, name = text.partition(" ")
        if len(identity) != _length(algorithm) or not _DIGITS.issuperset(identity) or not name:
            raise StructuralFault(f"{place} has a line in its head that is no branch and no tag; it may be cut")
        if name in refs:
            raise StructuralFault(f"{place} names {name[:80]} twice")
        if name.startswith("refs/replace/"):
            raise StructuralFault(
                f"the repository of {place} shows other objects in place of recorded ones (git replace), so its "
                "history is not the recorded one; take the replacements away",
                GapReason.NOT_PROVABLE,
            )
        refs[name] = identity
    if not refs:
        raise StructuralFault(f"{place} holds no branch and no tag, as of a repository without commits")
    return BundleHead(refs, algorithm, end + 2)


def _length(algorithm: str) -> int:
    return 64 if algorithm == "sha256" else 40
