"""``gonogo.lock``: written by gonogo, read strictly, beside the program file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from gonogo.documents.files import read_file, refusal, shown
from gonogo.documents.lock_documents import LockDocument
from gonogo.documents.shape import read_sheet, sorted_problems
from gonogo.errors import ConfigurationError
from gonogo.model.lock import Lock, LockSignature
from gonogo.model.waiver import Approval

NAME: Final = "gonogo.lock"
_HEAD: Final = "# Written by gonogo. Nobody edits it: `gonogo lock amend` is how what it freezes is changed.\n"


@dataclass(frozen=True, slots=True)
class LockFile:
    """A lock file as read.

    Attributes:
        lock: What it says.
        signature: Who signed it; None where nobody did.
    """

    lock: Lock
    signature: LockSignature | None = None


def lock_text(lock: Lock, signature: LockSignature | None) -> str:
    """Return the file of a lock."""
    document = {"schema": 1, **lock.document()}
    if signature is not None:
        document["signature"] = signature.document()
    return _HEAD + "".join(f"{line}\n" for key, value in document.items() for line in _lines(key, value))


def _lines(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield f"{key}:{'' if value else ' []'}"
        for entry in value:
            yield f"  - {_flow(entry)}"
    else:
        yield f"{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    return json.dumps(value) if isinstance(value, str) else str(value)


def read_lock(root: Path) -> LockFile | None:
    """Return the lock beside a program file; None where there is none.

    Args:
        root: Folder of the program.

    Raises:
        ConfigurationError: With every mistake: not readable, not of its shape, or a second lock beside it.
    """
    found = _lock_files(root)
    if len(found) > 1:
        names = " and ".join(f"`{path.name}`" for path in found)
        what = f"there are {len(found)} lock files, {names}, and only one can be the lock"
        hint = (
            f"keep `{NAME}` as the audit log knows it, and remove the other; `gonogo lock` writes it again from the log"
        )
        raise refusal("G149", shown(root / NAME), what, hint)
    if not found:
        return None
    if found[0].name != NAME:
        what = f"the lock file is called `{found[0].name}`, and only `{NAME}` is read"
        raise refusal("G149", shown(found[0]), what, f"rename it to `{NAME}`")
    return lock_of(read_file(found[0]), shown(found[0]))


def lock_of(data: bytes, name: str) -> LockFile:
    """Return the lock that a file holds.

    Raises:
        ConfigurationError: With every mistake, at its place.
    """
    sheet = read_sheet(data, name, LockDocument)
    document = sheet.document
    problems = list(sheet.problems)
    if document is not None:
        if (document.number == 1) != (document.earlier is None) or (document.earlier is None) != (
            document.change is None
        ):
            what = "the first lock changes none, and each later one says which it changes (`earlier`, `change`)"
            problems.append(sheet.problem(("number",), "G149", what, "put the file back as gonogo wrote it"))
        if document.locked_at.tzinfo is None:
            what = "the moment of the lock has no offset"
            problems.append(sheet.problem(("locked_at",), "G116", what, "put the file back as gonogo wrote it"))
    if problems or document is None:
        raise ConfigurationError(sorted_problems(problems))
    signature = document.signature
    values = {key: getattr(document, key) for key in Lock.model_fields if key not in ("approved_by", "locked_at")}
    lock = Lock(
        **values,
        locked_at=document.locked_at.astimezone(UTC),
        approved_by=tuple(Approval(person=each.person, role=each.role, on=each.on) for each in document.approved_by),
    )
    return LockFile(
        lock, None if signature is None else LockSignature(key=signature.key, signature=signature.signature)
    )


def _lock_files(root: Path) -> list[Path]:
    """Return what looks like a lock file in a folder: a copy of another name is one too."""
    try:
        entries = sorted(root.iterdir())
    except OSError:
        return []
    own = [path for path in entries if path.name == NAME]
    others = [path for path in entries if _like_a_lock(path.name) and path.name != NAME]
    return own + others


def _like_a_lock(name: str) -> bool:
    lower = name.lower()
    return lower.startswith("gonogo") and ".lock" in lower and not lower.endswith((".yaml", "~"))
