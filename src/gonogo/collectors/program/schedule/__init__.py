"""The schedule plugin: Microsoft Project XML and Primavera XER files become facts about the way to go-live.

Heavy parts are imported when the plugin registers, in the child that will run it.
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.plugin.spec import Collector, hookimpl


def before_fork() -> None:
    """Import what reads schedules in the host, so that not every child pays for it."""
    import gonogo.collectors.program.schedule.collectors  # noqa: F401  # for the children: a module that is there is not imported again
    from gonogo.documents import strict_xml

    strict_xml.ready()


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register ``mspdi`` and ``xer``."""
    from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector

    register(MspdiCollector())
    register(XerCollector())
