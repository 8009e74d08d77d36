"""The plugin manager: one per child, one plugin in it, registrars only. Never used in the host's process."""

from __future__ import annotations

import difflib
import importlib
import re
from dataclasses import dataclass, field
from typing import Any, Final

import pluggy

from gonogo.plugin.spec import PROJECT, Collector, Hooks, ReportFormat, Settings

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,100}")


class PluginRefused(Exception):
    """The plugin cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What one plugin registers, by name."""

    collectors: dict[str, Collector] = field(default_factory=dict)
    formats: dict[str, ReportFormat] = field(default_factory=dict)


def load(plugin: str, module: str) -> Registered:
    """Import one plugin module and return what it registers.

    Raises:
        PluginRefused: It cannot be imported, misspells a hook, wraps hooks, or registers nothing usable.
    """
    try:
        imported = importlib.import_module(module)
    except (Exception, SystemExit) as error:  # foreign code: an import may raise anything
        raise PluginRefused(f"The plugin {plugin} could not be loaded: {first_line(error)}") from error
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    found = Registered()

    def collector(given: Any) -> None:
        _check(plugin, given)
        _take(plugin, "collectors", given, found.collectors)

    def report_format(given: Any) -> None:
        _check_format(plugin, given)
        _take(plugin, "report formats", given, found.formats)

    try:
        manager.register(imported, name=plugin)
        _refuse_wrappers(plugin, manager, imported)
        manager.check_pending()
        manager.hook.gonogo_register_collectors(register=collector)
        manager.hook.gonogo_register_formats(register=report_format)
    except PluginRefused:
        raise
    except (Exception, SystemExit) as error:  # foreign code: a registrar may raise anything
        raise PluginRefused(f"The plugin {plugin} could not be registered: {first_line(error)}") from error
    if not found.collectors and not found.formats:
        raise PluginRefused(f"The plugin {plugin} registers neither a collector nor a report format.")
    return found


def _take(plugin: str, kind: str, given: Any, found: dict[str, Any]) -> None:
    if given.name in found:
        raise PluginRefused(f"The plugin {plugin} registers two {kind} named {given.name!r}.")
    found[given.name] = given


def pick(plugin: str, collectors: dict[str, Collector], name: str) -> Collector:
    """Return the collector of that name, or the only one where the binding names none.

    Raises:
        PluginRefused: There is no such collector, or more than one to choose from.
    """
    if not name and len(collectors) == 1:
        return next(iter(collectors.values()))
    listed = ", ".join(sorted(collectors))
    if not collectors:
        raise PluginRefused(f"The plugin {plugin} has no collector, only report formats.")
    if not name:
        raise PluginRefused(f"The plugin {plugin} has several collectors ({listed}); the binding must name one.")
    if name not in collectors:
        close = difflib.get_close_matches(name, collectors, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; it has {listed}."
        raise PluginRefused(f"The plugin {plugin} has no collector named {name!r}{hint}")
    return collectors[name]


def pick_format(plugin: str, formats: dict[str, ReportFormat], name: str) -> ReportFormat:
    """Return the report format of that name.

    Raises:
        PluginRefused: There is none.
    """
    if name not in formats:
        listed = ", ".join(sorted(formats)) or "none"
        raise PluginRefused(f"The plugin {plugin} has no report format named {name!r}; it has {listed}.")
    return formats[name]


def first_line(error: BaseException) -> str:
    """Return the type of an exception and the first line of its message; never a traceback."""
    try:
        lines = str(error).strip().splitlines()
    except Exception:  # noqa: BLE001  # foreign code: the message of a hostile exception
        lines = []
    name = type(error).__name__[:100]
    return f"{name}: {lines[0][:500]}" if lines else name


def _refuse_wrappers(plugin: str, manager: pluggy.PluginManager, imported: object) -> None:
    for caller in manager.get_hookcallers(imported) or ():
        for implementation in caller.get_hookimpls():
            if implementation.hookwrapper or implementation.wrapper:
                raise PluginRefused(f"The plugin {plugin} wraps the hook {caller.name}; only plain registrars are run.")
            if implementation.optionalhook:
                raise PluginRefused(
                    f"The plugin {plugin} marks the hook {caller.name} optional; it must be a known one."
                )


def _check(plugin: str, collector: Any) -> None:
    if isinstance(collector, type) or not isinstance(collector, Collector):
        raise PluginRefused(
            f"The plugin {plugin} registers {type(collector).__name__}, which is not a collector object."
        )
    if not isinstance(collector.name, str) or not _NAME.fullmatch(collector.name):
        raise PluginRefused(f"The plugin {plugin} registers a collector without a usable name.")
    if not (isinstance(collector.settings, type) and issubclass(collector.settings, Settings)):
        raise PluginRefused(
            f"The settings of {plugin}:{collector.name} are not a model of gonogo.plugin.spec.Settings."
        )


def _check_format(plugin: str, given: Any) -> None:
    if isinstance(given, type) or not isinstance(given, ReportFormat):
        raise PluginRefused(f"The plugin {plugin} registers {type(given).__name__}, which is not a report format.")
    if not isinstance(given.name, str) or not _NAME.fullmatch(given.name):
        raise PluginRefused(f"The plugin {plugin} registers a report format without a usable name.")
    if not isinstance(given.media_type, str) or not _MEDIA_TYPE.fullmatch(given.media_type):
        raise PluginRefused(f"The report format {plugin}/{given.name} has no media type such as text/csv.")
