"""The plugin manager: one per child, one plugin in it, registrars only. Never used in the host's process."""

from __future__ import annotations

import difflib
import importlib
import re
from typing import Any, Final

import pluggy

from gonogo.plugin.spec import PROJECT, Collector, Hooks, Settings

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class PluginRefused(Exception):
    """The plugin cannot be used; the sentence says why."""


def load(plugin: str, module: str) -> dict[str, Collector]:
    """Import one plugin module and return its collectors by name.

    Raises:
        PluginRefused: It cannot be imported, misspells a hook, wraps hooks, or registers nothing usable.
    """
    try:
        imported = importlib.import_module(module)
    except (Exception, SystemExit) as error:  # foreign code: an import may raise anything
        raise PluginRefused(f"The plugin {plugin} could not be loaded: {first_line(error)}") from error
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    found: dict[str, Collector] = {}

    def register(collector: Any) -> None:
        _check(plugin, collector)
        if collector.name in found:
            raise PluginRefused(f"The plugin {plugin} registers two collectors named {collector.name!r}.")
        found[collector.name] = collector

    try:
        manager.register(imported, name=plugin)
        _refuse_wrappers(plugin, manager, imported)
        manager.check_pending()
        manager.hook.gonogo_register_collectors(register=register)
    except PluginRefused:
        raise
    except (Exception, SystemExit) as error:  # foreign code: a registrar may raise anything
        raise PluginRefused(f"The plugin {plugin} could not be registered: {first_line(error)}") from error
    if not found:
        raise PluginRefused(f"The plugin {plugin} registers no collector.")
    return found


def pick(plugin: str, collectors: dict[str, Collector], name: str) -> Collector:
    """Return the collector of that name, or the only one where the binding names none.

    Raises:
        PluginRefused: There is no such collector, or more than one to choose from.
    """
    if not name and len(collectors) == 1:
        return next(iter(collectors.values()))
    listed = ", ".join(sorted(collectors))
    if not name:
        raise PluginRefused(f"The plugin {plugin} has several collectors ({listed}); the binding must name one.")
    if name not in collectors:
        close = difflib.get_close_matches(name, collectors, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; it has {listed}."
        raise PluginRefused(f"The plugin {plugin} has no collector named {name!r}{hint}")
    return collectors[name]


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
