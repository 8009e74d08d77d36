"""Facts from GSA's own M3 files, as an office fills them in. A file that nobody filled in is a gap that says so.

Imports the readers of workbooks. What is one table with headings is an export profile (``gonogo profile list``).
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.collectors.program.m3.document_tracker import DocumentTrackerCollector
from gonogo.collectors.program.m3.risk_tool import RiskToolCollector
from gonogo.collectors.program.m3.tailoring_guide import TailoringGuideCollector
from gonogo.plugin.spec import Collector, hookimpl


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collectors."""
    register(RiskToolCollector())
    register(DocumentTrackerCollector())
    register(TailoringGuideCollector())
