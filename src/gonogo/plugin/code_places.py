"""Where the code of a plugin lies: what its child may read beside the interpreter, the libraries and its inputs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec

from gonogo.isolate import Walls, installation
from gonogo.plugin.discovery import PluginEntry, normalized


@dataclass(frozen=True, slots=True)
class Places:
    """Files and folders that may be read, and folders that may only be listed."""

    reads: tuple[str, ...]
    lists: tuple[str, ...]


def places_of(entry: PluginEntry) -> Places:
    """Return where the code of a plugin and of what it was installed with lies; nothing of it is imported to find out.

    An editable installation has its metadata in one folder and its code in another.
    """
    found = _spec(entry)
    code: list[str] = []
    if found is not None:
        code += found.submodule_search_locations or ()
        code += [found.origin] if found.has_location and found.origin else []
    folders = {os.path.dirname(path) for path in code} | ({entry.search} if entry.search else set())
    installed = (entry.search,) if _installs(entry) else ()
    return Places(reads=(*code, *installed), lists=tuple(sorted(folders)))


def walls_of(entry: PluginEntry, *, network: bool = False) -> Walls:
    """Return what the child of a plugin is kept from. ``network`` is what the program grants."""
    places = places_of(entry)
    reads = (*installation.libraries(), *places.reads)
    lists = (*installation.folders(), *places.lists)
    if entry.builtin:
        return Walls(reads=reads, lists=lists, alone=True)
    return Walls(
        reads=reads + (installation.networked() if network else ()),
        lists=lists,
        executes=installation.programs(),
        network=network,
    )


def _spec(entry: PluginEntry) -> ModuleSpec | None:
    top = entry.module.partition(".")[0]
    try:
        return PathFinder.find_spec(top, [entry.search] if entry.search else None) or find_spec(top)
    except (ImportError, ValueError):
        return None


def _installs(entry: PluginEntry) -> bool:
    """Whether packages are installed into the folder that the plugin was found in, so that what it needs lies there."""
    if not entry.search:
        return False
    try:
        names = os.listdir(entry.search)
    except OSError:
        return False
    ours = normalized(entry.distribution)
    return any(name.endswith((".dist-info", ".egg-info")) and normalized(name).startswith(ours) for name in names)
