"""What exactly is released, as the subjects of an in-toto statement, and whether something is one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from gonogo.model.canonical import digest_of_bytes
from gonogo.signing.statement import StatementSubject

COMMIT: Final = "commit"
NAMED: Final = "gonogoNameSha256"
"""The digest of a name, where what is released has no digest of its own, such as ``R1-build-42``."""
_LENGTHS: Final = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
_DIGEST: Final = re.compile(r"(?:(?P<algorithm>sha1|sha256|sha384|sha512):)?(?P<value>[0-9a-f]{40,128})", re.ASCII)


def subjects_of(released: Mapping[str, str]) -> tuple[StatementSubject, ...]:
    """Return one subject for each thing that is released, by its kind and its identifier or digest."""
    return tuple(
        StatementSubject(name=f"{kind}:{text}", digests=_digests(kind, text)) for kind, text in sorted(released.items())
    )


def _digests(kind: str, text: str) -> dict[str, str]:
    match = _DIGEST.fullmatch(text.lower())
    if match is not None:
        value = match["value"]
        if kind == COMMIT and not match["algorithm"] and len(value) in (40, 64):
            return {"gitCommit": value}
        algorithm = _LENGTHS.get(len(value), "")
        if algorithm and match["algorithm"] in (None, algorithm):
            return {algorithm: value}
    return {NAMED: digest_of_bytes(text.encode())}


def is_released(released: Mapping[str, str], *, subject: str | None, commit: str | None) -> bool:
    """Whether everything that is asked about is released: whole identifiers and digests, never the beginning of one.

    Args:
        released: Kind to identifier or digest.
        subject: Identifier or digest of anything but a commit; None where none is asked about.
        commit: Identifier of a commit; None likewise.
    """
    commits = {_plain(text) for kind, text in released.items() if kind == COMMIT}
    others = {_plain(text) for kind, text in released.items() if kind != COMMIT}
    asked = [(subject, others), (commit, commits)]
    return any(text is not None for text, _ in asked) and all(
        text is None or _plain(text) in known for text, known in asked
    )


def _plain(text: str) -> str:
    """Return a digest in one form, with its algorithm; any other identifier as it is."""
    match = _DIGEST.fullmatch(text.strip().lower())
    if match is None or len(match["value"]) not in _LENGTHS:
        return text.strip()
    return f"{match['algorithm'] or _LENGTHS[len(match['value'])]}:{match['value']}"
