"""Where a ruleset is: shipped with gonogo under ``name@version``, in a folder, or in an installed distribution."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Final

from gonogo.documents.announced import announced
from gonogo.documents.files import real, refusal, shown
from gonogo.errors import Problem
from gonogo.text import did_you_mean, listed

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
"""The bare name of a ruleset."""

REFERENCE: Final = re.compile(rf"({NAME.pattern})@([A-Za-z0-9][A-Za-z0-9._+-]*)", re.ASCII)
"""``name@version``."""

ENTRY_POINT_GROUP: Final = "gonogo.rulesets"
"""Where a distribution announces the rulesets that it carries: ``name = "package.folder"``, with dots for slashes."""

_OVERLAY_VERSION: Final = re.compile(r'(?m)^version: "?([A-Za-z0-9._+-]+)"?\s*$')
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


def shipped_named() -> list[Path]:
    """Return the folders of the shipped rulesets, in the order of their names."""
    return [shipped_folder() / name for name in shipped_rulesets()]


def shipped_overlays() -> dict[str, Path]:
    """Return the overlays that ship with gonogo, by ``name@version``."""
    folder = shipped_folder()
    found = sorted(folder.glob("*/overlay.yaml")) if folder.is_dir() else []
    versions = {path: _OVERLAY_VERSION.search(path.read_text(encoding="utf-8")) for path in found}
    return {f"{path.parent.name}@{said[1]}": path for path, said in versions.items() if said is not None}


def shipped_overlay(reference: str) -> Path | None:
    """Return the file of an overlay that ships with gonogo, by its name with or without its version; None otherwise."""
    if not (REFERENCE.fullmatch(reference) or NAME.fullmatch(reference)):
        return None
    known = shipped_overlays()
    return next((path for name, path in known.items() if reference in (name, name.partition("@")[0])), None)


def named_overlay(path: Path) -> Path:
    """Return the file of an overlay that a command names: of one that ships where no such file is there."""
    return path if path.exists() else shipped_overlay(str(path)) or path


def overlay_path(root: Path, name: str) -> Path:
    """Return where an overlay is that a program names: as ``name@version`` one that ships, else a file of its own."""
    return (shipped_overlay(name) if REFERENCE.fullmatch(name) else None) or root / name


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of a shipped ruleset, by whatever way it was named."""
    return real(folder).parent == real(shipped_folder())


def newest_shipped(name: str) -> Path | None:
    """Return the folder of the newest ruleset of that name that is shipped, or None."""
    folders = [folder for folder in shipped_named() if folder.name.partition("@")[0] == name]
    return max(folders, key=lambda folder: (folder.name == name, _numbers(folder.name)), default=None)


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]+", name.partition("@")[2]))


def carried_rulesets() -> list[str]:
    """Return the names of the rulesets that installed distributions carry, sorted, importing none of them."""
    return sorted({point.name for point in announced(ENTRY_POINT_GROUP)})


def known_rulesets() -> list[str]:
    """Return every name that a command takes for a ruleset: of rulesets and overlays that ship, and of carried ones."""
    overlays = {name.partition("@")[0] for name in shipped_overlays()}
    return sorted({*shipped_rulesets(), *overlays, *carried_rulesets()})


def find_ruleset(reference: str, *, root: Path | None = None, where: str = "") -> Path:
    """Return the folder of a ruleset; its version is checked when it is read.

    Args:
        reference: ``name@version`` of a ruleset that gonogo or another distribution carries, or a path to a folder.
        root: Folder that a path is relative to; the working folder by default.
        where: Position of the reference, for the error.

    Raises:
        ConfigurationError: There is no such ruleset, and the hint names the nearest one; or there are two.
    """
    match = REFERENCE.fullmatch(reference)
    if match and (found := named_ruleset(match[1], match[2], where=where)) is not None:
        return found
    folder = (root or Path()) / reference
    if folder.name == "ruleset.yaml":
        folder = folder.parent
    try:
        if (folder / "ruleset.yaml").is_file():
            return folder
    except (OSError, ValueError):
        pass
    shipped, carried = shipped_rulesets(), carried_rulesets()
    name = match[1] if match else reference
    if name in (*shipped, *carried):
        raise refusal("G134", where, f"'{reference}' names no version", f"for example `{name}@1.0.0`")
    ours = [each for each in known_rulesets() if each not in carried]
    otherwise = f"shipped with gonogo: {listed(ours) or 'none'}; a path names a folder with a ruleset.yaml"
    if carried:
        otherwise = f"carried by other distributions: {listed(carried)}; {otherwise}"
    hint = did_you_mean(name, known_rulesets(), otherwise=otherwise)
    raise refusal("G134", where, f"there is no ruleset '{reference}'", hint)


def named_ruleset(name: str, version: str = "", *, where: str = "") -> Path | None:
    """Return the folder of the one ruleset of that name which gonogo or an installed distribution carries, or None.

    Args:
        name: Its bare name.
        version: Which one, where several are shipped side by side.
        where: Position of the reference, for the error.

    Raises:
        ConfigurationError: There are two, or the distribution does not hold what it announces.
    """
    if not NAME.fullmatch(name):
        return None
    shipped = next(filter(_holds_ruleset, (shipped_folder() / f"{name}@{version}", shipped_folder() / name)), None)
    carried = [point for point in announced(ENTRY_POINT_GROUP) if point.name == name]
    owners = sorted(_owner(point) for point in carried)
    if shipped is not None:
        owners.insert(0, "gonogo itself")
    if len(owners) > 1:
        what = f"there are {len(owners)} rulesets named '{name}': of {' and of '.join(owners)}"
        raise refusal("G134", where, what, "uninstall all but one; it must never be a matter of luck which one judges")
    if carried:
        return _carried_folder(carried[0], where)
    return shipped


def _carried_folder(point: EntryPoint, where: str) -> Path:
    """Return the folder that an entry point names, without importing anything: rules are data."""
    parts = point.value.split(".")
    if point.dist is None or not all(part.isidentifier() for part in parts):
        what = f"the ruleset '{point.name}' of {_owner(point)} is at '{point.value}', which is not a folder"
        hint = f'under [project.entry-points."{ENTRY_POINT_GROUP}"] it should say: {point.name} = "package.folder"'
        raise refusal("G142", where, what, hint)
    folder = Path(str(point.dist.locate_file("/".join(parts))))
    if not _holds_ruleset(folder):
        what = f"{_owner(point)} announces the ruleset '{point.name}', but has no {'/'.join(parts)}/ruleset.yaml"
        raise refusal("G134", where, what, "install it again; an editable install cannot carry rulesets")
    return folder


def _owner(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "an unnamed distribution"


def _holds_ruleset(folder: Path) -> bool:
    return (folder / "ruleset.yaml").is_file()


def stray_files(folder: Path) -> list[Problem]:
    """Return the files of a ruleset folder that nothing reads: a forgotten draft must not look like a rule."""
    problems = []
    known = ("ruleset.yaml", "facts.yaml", "README.md", "cases")
    try:
        within, cases = _entries(folder), _entries(folder / "cases")
    except OSError as error:
        what = f"the folder cannot be listed: {error.strerror or 'the system refused'}"
        return [Problem("G101", shown(Path(error.filename or folder)), what, hint="let this user read it")]
    for entry in within:
        if (entry.name in known and entry.is_dir() == (entry.name == "cases")) or entry.suffix == ".lock":
            continue
        what = f"'{entry.name}' does not belong in a ruleset folder"
        hint = f"only {listed(known)} and *.lock do; put overlays outside it"
        problems.append(Problem("G135", shown(entry), what, hint=hint))
    for entry in cases:
        if entry.suffix != ".yaml" or not entry.is_file() or entry.name.startswith("."):
            what = f"'{entry.name}' does not belong in a folder of cases"
            problems.append(Problem("G135", shown(entry), what, hint="only *.yaml do"))
    return problems


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
