"""Where a ruleset is: shipped with gonogo under ``name@version``, in a folder, or in an installed distribution."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Final

from gonogo.ruleset.files import refusal
from gonogo.ruleset.near import did_you_mean, listed

REFERENCE: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)@([A-Za-z0-9][A-Za-z0-9._+-]*)", re.ASCII)
"""``name@version``."""

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """Return the folder of the shipped rulesets: inside the wheel, or at the root of a checkout."""
    inside = _PACKAGE / "_rulesets"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "rulesets"


def shipped_rulesets() -> list[str]:
    """Return the folder names of the shipped rulesets, sorted."""
    folder = shipped_folder()
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if (entry / "ruleset.yaml").is_file())


def find_ruleset(reference: str, *, root: Path | None = None, where: str = "") -> Path:
    """Return the folder of a ruleset; its version is checked when it is read.

    Args:
        reference: ``name@version`` of a shipped ruleset, or a path to a folder.
        root: Folder that a path is relative to; the working folder by default.
        where: Position of the reference, for the error.

    Raises:
        ConfigurationError: There is no such ruleset; the hint names the nearest one.
    """
    match = REFERENCE.fullmatch(reference)
    if match:
        for name in (reference, match[1]):
            folder = shipped_folder() / name
            if (folder / "ruleset.yaml").is_file():
                return folder
    folder = (root or Path()) / reference
    if folder.name == "ruleset.yaml":
        folder = folder.parent
    try:
        if (folder / "ruleset.yaml").is_file():
            return folder
    except (OSError, ValueError):
        pass
    known = shipped_rulesets()
    name = match[1] if match else reference
    if name in known:
        raise refusal("G134", where, f"'{reference}' names no version", f"for example `{name}@1.0.0`")
    otherwise = f"shipped with gonogo: {listed(known) or 'none'}; a path names a folder with a ruleset.yaml"
    raise refusal("G134", where, f"there is no ruleset '{reference}'", did_you_mean(name, known, otherwise=otherwise))


def distribution_ruleset(name: str, folder: str) -> Path:
    """Return the folder of a ruleset inside an installed distribution, without importing anything of it.

    Args:
        name: Name of the distribution.
        folder: Folder inside it, with ``/`` between its parts, as its plugin registers it.

    Raises:
        ConfigurationError: The distribution is not installed, or has no such folder.
    """
    parts = PurePosixPath(folder)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise refusal("G142", name, f"'{folder}' is not a folder inside the distribution")
    try:
        found = Path(str(distribution(name).locate_file(parts)))
    except (PackageNotFoundError, ValueError) as error:
        raise refusal("G134", name, f"the distribution '{name}' is not installed", f"pip install {name}") from error
    if not (found / "ruleset.yaml").is_file():
        raise refusal("G134", name, f"the distribution has no ruleset in '{folder}'")
    return found
