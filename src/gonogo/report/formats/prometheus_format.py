"""Prometheus' older text format, for node_exporter's textfile collector and the Pushgateway.

Both refuse the types of OpenMetrics and samples with a date: states are gauges of 0 and 1 here, and when the run judged
is a series of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.report.formats.openmetrics_format import lines
from gonogo.report.view import RunView

SUFFIX: Final = ".prom"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_INFO: Final = "_info"


def render(view: RunView) -> bytes:
    """Return the exposition of one run."""
    return "\n".join([*_plain(lines(view, "prometheus")), ""]).encode()


def _plain(dated: Iterator[str]) -> Iterator[str]:
    """Yield the lines of OpenMetrics as the older format writes them."""
    family = ""
    for line in dated:
        if line.startswith("# TYPE "):
            _sign, _word, name, kind = line.split(" ")
            family = f"{name}{_INFO}" if kind == "info" else name
            yield f"# TYPE {family} gauge"
        elif line.startswith("# HELP "):
            yield f"# HELP {family} {line.split(' ', 3)[3]}"
        elif not line.startswith("#"):
            yield line.rpartition(" ")[0]
