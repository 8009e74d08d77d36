"""The schedule plugin: Microsoft Project XML, Primavera XER and, by MPXJ, other plans become facts about go-live.

Heavy parts are imported when the plugin registers, in the child that will run it.
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.plugin.spec import Collector, hookimpl


def before_fork() -> None:
    """Import what reads schedules in the host, so that not every child pays for it."""
    import gonogo.collectors.program.schedule.collectors
    import gonogo.collectors.program.schedule.foreign.mpxj_collector
    import gonogo.collectors.program.schedule.updates.update_collectors  # noqa: F401  # for the children: a module that is there is not imported again
    from gonogo.documents import strict_xml

    strict_xml.ready()


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register ``mspdi``, ``xer``, ``mpxj``, ``comparison`` and ``series``."""
    from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
    from gonogo.collectors.program.schedule.foreign.mpxj_collector import MpxjCollector
    from gonogo.collectors.program.schedule.updates.update_collectors import ComparisonCollector, SeriesCollector

    register(MspdiCollector())
    register(XerCollector())
    register(MpxjCollector())
    register(ComparisonCollector())
    register(SeriesCollector())
