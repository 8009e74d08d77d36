"""A program's own copy of its ruleset, with version and digest, so that a new gonogo never changes the criteria."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gonogo.documents.yaml import MappingNode, ScalarNode, read_yaml
from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.prose import plain, quoted
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.version import VERSION

FOLDER: Final = "ruleset"
LOCK: Final = "origin.lock"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a copy came from.

    Attributes:
        ruleset: ``name@version``.
        sha256: Digest of what was read from it, as every run records it.
        files: Digest of each file's bytes, by its path in the folder.
    """

    ruleset: str
    sha256: str
    files: dict[str, str]


def copy_ruleset(rules: LoadedRuleset, program: Path) -> Path:
    """Copy a ruleset into the program's folder and return the folder of the copy.

    A copy that is there already and says the same is kept.

    Raises:
        UsageError: Another ruleset is there under that name, or the folder cannot be written.
    """
    target = program / FOLDER / rules.ruleset.name
    if target.exists():
        return _kept(rules, target)
    try:
        write_copy(rules, target)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise UsageError(f"The ruleset cannot be copied to {target}: {error.strerror or error}.") from error
    return target


def _kept(rules: LoadedRuleset, target: Path) -> Path:
    try:
        same = load_ruleset(target).ruleset.material_sha256 == rules.ruleset.material_sha256
    except ConfigurationError:
        same = False
    if not same:
        hint = "move it away, or name it: --ruleset " + plain(str(target))
        raise UsageError(f"{target} already holds another ruleset; it is not overwritten.", hint=hint)
    if not (target / LOCK).exists():
        (target / LOCK).write_text(_lock_text(rules, target), encoding="utf-8", newline="\n")
    return target


def write_copy(rules: LoadedRuleset, target: Path) -> None:
    """Write the files of a ruleset and the lock that says what they are."""
    target.mkdir(parents=True)
    for name in files_of(rules.folder):
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((rules.folder / name).read_bytes())
    (target / LOCK).write_text(_lock_text(rules, target), encoding="utf-8", newline="\n")


def files_of(folder: Path) -> list[str]:
    """Return the files that make a ruleset, ``/`` between the parts of their paths."""
    names = [name for name in ("ruleset.yaml", "facts.yaml", "README.md") if (folder / name).is_file()]
    cases = sorted(path.name for path in (folder / "cases").glob("*.yaml")) if (folder / "cases").is_dir() else []
    return names + [f"cases/{name}" for name in cases]


def _lock_text(rules: LoadedRuleset, folder: Path) -> str:
    ruleset = rules.ruleset
    lines = [
        "# Written by gonogo: where this copy came from. `gonogo ruleset upgrade` uses it to tell whether the copy was "
        "edited.",
        "schema: 1",
        f"ruleset: {quoted(f'{ruleset.name}@{ruleset.version}')}",
        f"sha256: {quoted(ruleset.material_sha256)}",
        f"gonogo: {quoted(VERSION)}",
        "files:",
        *(f"  {quoted(name)}: {quoted(_digest(folder / name))}" for name in files_of(folder)),
    ]
    return "\n".join(lines) + "\n"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_origin(folder: Path) -> Origin | None:
    """Return where a copy came from; None where nothing says so, or what says so cannot be read."""
    try:
        root = read_yaml((folder / LOCK).read_bytes(), LOCK)
    except (OSError, ConfigurationError):
        return None
    if not isinstance(root, MappingNode):
        return None
    ruleset, sha256, files = root.get("ruleset"), root.get("sha256"), root.get("files")
    if not (isinstance(ruleset, ScalarNode) and isinstance(sha256, ScalarNode) and isinstance(files, MappingNode)):
        return None
    digests = {key.text: value.text for key, value in files.entries.values() if isinstance(value, ScalarNode)}
    return Origin(ruleset.text, sha256.text, digests)


def edited_files(folder: Path, origin: Origin) -> list[str]:
    """Return the files of a copy that are not what was copied: changed, added or taken away."""
    now = {name: _digest(folder / name) for name in files_of(folder)}
    return sorted(name for name in now.keys() | origin.files.keys() if now.get(name) != origin.files.get(name))
