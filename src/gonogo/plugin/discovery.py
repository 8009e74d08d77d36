"""Which plugins are installed, and which of them a program lets run. Nothing is imported to find out."""

from __future__ import annotations

import difflib
import importlib.metadata
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.documents.announced import announced
from gonogo.errors import PluginError, Problem
from gonogo.model.program import AllowedPlugin, Binding
from gonogo.plugin.spec import ENTRY_POINT_GROUP, PROJECT

UNKNOWN: Final = "G301"
NOT_ALLOWED: Final = "G302"


@dataclass(frozen=True, slots=True)
class PluginEntry:
    """One plugin as its distribution announces it; its code has not been seen.

    Attributes:
        name: Name of the entry point: what a binding's ``collector:`` starts with.
        module: Module to load, in a child.
        distribution: Distribution that provides it.
        version: Version of that distribution.
        builtin: Whether it is gonogo's own.
        search: Folder from which the distribution is imported.
    """

    name: str
    module: str
    distribution: str
    version: str
    builtin: bool
    search: str = ""

    def allowed_by(self, allow: Iterable[AllowedPlugin]) -> bool:
        """Return whether the code may run: gonogo's own, or the exact distribution and version that is named."""
        return self.builtin or any(_is(each, self) for each in allow)

    def networked_by(self, allow: Iterable[AllowedPlugin]) -> bool:
        """Return whether the program lets it use the network; gonogo's own never do."""
        return not self.builtin and any(each.network and _is(each, self) for each in allow)


@dataclass(frozen=True, slots=True)
class PluginRow:
    """One row of ``gonogo plugins list``.

    Attributes:
        name: Plugin name.
        module: Module that it would load.
        distribution: ``name version``.
        status: ``built-in``, ``allowed``, or ``not allowed`` and why.
    """

    name: str
    module: str
    distribution: str
    status: str


def _is(named: AllowedPlugin, entry: PluginEntry) -> bool:
    return normalized(named.distribution) == normalized(entry.distribution) and named.version == entry.version


def normalized(distribution: str) -> str:
    """Return a distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def discover() -> dict[str, PluginEntry]:
    """Return every installed plugin by name, in order of name, importing none.

    Raises:
        PluginError: Two distributions, or one twice, provide a plugin of one name; a distribution is installed in two
            versions; or an entry names no module.
    """
    found: dict[str, PluginEntry] = {}
    names: dict[importlib.metadata.Distribution, tuple[str, str]] = {}
    for point in announced(ENTRY_POINT_GROUP):
        if point.dist is not None and point.dist not in names:
            names[point.dist] = (point.dist.name, point.dist.version)  # each reads the whole metadata
        entry = _entry(point, *(("", "") if point.dist is None else names[point.dist]))
        other = found.get(entry.name)
        if other is not None:
            raise PluginError(
                f"two plugins are named {entry.name!r}: one of {other.distribution} {other.version}, "
                f"one of {entry.distribution} {entry.version}",
                hint="uninstall one of the two distributions; it must never be a matter of luck which one answers",
            )
        found[entry.name] = entry
    for distribution in dict.fromkeys(entry.distribution for entry in found.values() if not entry.builtin):
        _refuse_two_versions(distribution)
    return dict(sorted(found.items()))


def _refuse_two_versions(distribution: str) -> None:
    """An entry says one of the versions, and the code that a child would load may be the other one's."""
    versions = sorted({str(found.version) for found in importlib.metadata.distributions(name=distribution)})
    if len(versions) > 1:
        raise PluginError(
            f"the distribution {distribution!r} is installed in {len(versions)} versions: {', '.join(versions)}",
            hint="uninstall it until none is left, then install the one that was reviewed",
        )


def _entry(point: importlib.metadata.EntryPoint, distribution: str, version: str) -> PluginEntry:
    module, _, attribute = point.value.partition(":")
    module = module.strip()
    if attribute or not all(part.isidentifier() for part in module.split(".")):
        raise PluginError(
            f"the plugin {point.name!r} of {distribution} {version} names {point.value!r}, which is not a module",
            hint=f'under [project.entry-points."{ENTRY_POINT_GROUP}"] it should say: name = "package.module"',
        )
    own = normalized(distribution) == PROJECT and module.partition(".")[0] == PROJECT
    search = str(point.dist.locate_file("")) if point.dist is not None and not own else ""
    return PluginEntry(point.name, module, distribution, version, own, search)


def plugin_rows(entries: Iterable[PluginEntry], allow: Sequence[AllowedPlugin] = ()) -> list[PluginRow]:
    """Return the rows of ``gonogo plugins list``; ``allow`` is the program's, empty outside of one."""
    return [
        PluginRow(entry.name, entry.module, f"{entry.distribution} {entry.version}", _status(entry, allow))
        for entry in entries
    ]


def _status(entry: PluginEntry, allow: Sequence[AllowedPlugin]) -> str:
    if entry.builtin:
        return "built-in"
    if entry.allowed_by(allow):
        return "allowed"
    named = [each.version for each in allow if normalized(each.distribution) == normalized(entry.distribution)]
    return f"not allowed: the program allows version {', '.join(named)}" if named else "not allowed"


def find_entry(
    binding: Binding, entries: dict[str, PluginEntry], allow: Sequence[AllowedPlugin]
) -> PluginEntry | Problem:
    """Return the plugin that a binding names, or the mistake in naming it."""
    return named_entry(binding.plugin, entries, allow, who=binding.id, where=binding.where)


def named_entry(
    name: str, entries: dict[str, PluginEntry], allow: Sequence[AllowedPlugin], *, who: str, where: str = ""
) -> PluginEntry | Problem:
    """Return the plugin of that name if it may run, or the mistake in naming it; ``who`` names it, at ``where``."""
    entry = entries.get(name)
    if entry is None:
        close = difflib.get_close_matches(name, entries, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`gonogo plugins list` shows what is installed"
        return Problem(UNKNOWN, where, f"{who}: there is no plugin named {name!r}.", hint=hint)
    if not entry.allowed_by(allow):
        return Problem(
            NOT_ALLOWED,
            where,
            f"{who}: the plugin {entry.name!r} comes from {entry.distribution} {entry.version}, "
            "which the program does not allow to run.",
            hint=f"add it under plugins: allow: [{{distribution: {entry.distribution}, version: {entry.version}}}], "
            "once somebody has reviewed it",
        )
    return entry
