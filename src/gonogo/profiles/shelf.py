"""Where profiles are: with gonogo, in installed distributions, in overlays' folders, and in the program's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from gonogo.documents.announced import announced
from gonogo.documents.files import refusal
from gonogo.errors import UsageError
from gonogo.profiles.profile import Profile
from gonogo.profiles.profile_reading import read_profile
from gonogo.profiles.shipped_texts import read_shipped
from gonogo.text import did_you_mean, listed

ENTRY_POINT_GROUP: Final = "gonogo.profiles"
"""Where a distribution announces the profiles that it carries: ``name = "package.folder"``, with dots for slashes."""
FOLDER: Final = "profiles"
"""Folder of a program or an overlay that holds its own profiles."""
_SHIPPED: Final = Path(__file__).resolve().parent / "shipped"


def shipped_paths() -> list[Path]:
    """Return the files of the profiles that ship with gonogo, by name."""
    return _files(_SHIPPED)


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that ship with gonogo, by name."""
    return tuple(map(read_shipped, shipped_paths()))


def shelf(folders: Iterable[Path] = ()) -> tuple[Profile, ...]:
    """Return every profile that a program may name, by name.

    Args:
        folders: The program's folder and those of its overlays; each may have a folder ``profiles``.

    Raises:
        ConfigurationError: A profile cannot be read, or two have one name and version.
    """
    return _gathered(folders, shipped_profiles())


def _gathered(folders: Iterable[Path], shipped: Iterable[Profile]) -> tuple[Profile, ...]:
    found: dict[str, Profile] = {}
    own = [read_profile(path) for path in own_profiles(folders)]
    carried = [read_profile(path) for folder in _carried() for path in _files(folder)]
    for profile in (*shipped, *carried, *own):
        before = found.get(profile.reference)
        if before is not None and before.sha256 != profile.sha256:
            what = f"there are two profiles {profile.reference}: this one and {before.path}"
            raise refusal("G153", str(profile.path), what, "give your own another name, or remove one")
        found[profile.reference] = profile
    return tuple(found[name] for name in sorted(found))


def named_profile(reference: str, folders: Iterable[Path] = ()) -> Profile | str:
    """Return the profile of a reference, reading no more of those that ship than it needs; else a hint.

    Args:
        reference: ``name@version``.
        folders: As for :func:`shelf`.

    Raises:
        ConfigurationError: A profile that is looked at cannot be read, or two have one name and version.
    """
    if "@" not in reference:
        known = sorted({path.stem.partition("@")[0] for path in shipped_paths()})
        return f"write its version too: {reference}@1" if reference in known else "write `name@version`"
    name = reference.partition("@")[0]
    shipped = [path for path in shipped_paths() if path.stem.partition("@")[0] == name]
    found = find_profile(reference, _gathered(folders, map(read_shipped, shipped)))
    return found if isinstance(found, Profile) or shipped else find_profile(reference, shelf(folders))


def profile_named(name: str, folders: Iterable[Path] = ()) -> Profile:
    """Return the profile that a command names, with or without its version.

    Raises:
        UsageError: There is none.
    """
    found = find_profile(name, shelf(folders))
    if isinstance(found, str):
        raise UsageError(f"There is no export profile {name!r}.", hint=found)
    return found


def program_folders(program: Path) -> list[Path]:
    """Return the folders that may carry a program's own profiles: its own, and those of the overlays beside it."""
    return [program, *sorted(path.parent for path in program.glob("*/profiles") if path.is_dir())]


def own_profiles(folders: Iterable[Path]) -> list[Path]:
    """Return the files of the profiles that a program's folder and those of its overlays hold."""
    return [path for folder in dict.fromkeys(folders) for path in _files(folder / FOLDER)]


def find_profile(reference: str, profiles: Iterable[Profile]) -> Profile | str:
    """Return the profile of a reference, or a hint where there is none.

    Args:
        reference: ``name@version``; the name alone where there is one version of it.
        profiles: The shelf.
    """
    known = list(profiles)
    name = reference.partition("@")[0]
    found = [each for each in known if reference in (each.reference, each.name)]
    if len(found) == 1:
        return found[0]
    versions = [each.version for each in known if each.name == name]
    if versions:
        return f"{name} is there as version {listed(versions)}"
    names = sorted({each.name for each in known})
    return did_you_mean(name, names, otherwise=f"`gonogo profile list` names the {len(names)} that there are")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _carried() -> list[Path]:
    """Return the folders that installed distributions announce, importing nothing: profiles are data."""
    found = []
    for point in announced(ENTRY_POINT_GROUP):
        parts = point.value.split(".")
        if point.dist is not None and all(part.isidentifier() for part in parts):
            found.append(Path(str(point.dist.locate_file("/".join(parts)))))
    return sorted(found)
