"""When a report held: the times that suites and cases carry, as producers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from gonogo.collectors.document_moment import check_past, read_moment
from gonogo.collectors.system.junit.report_model import Report
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal, Input, Job

NO_CLOCK: Final = 1980
"""Times up to this year are those of a clock that was never set, where something else says when a report held."""
_MAIL: Final = re.compile(
    r"([A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (GMT|UTC|[+-][0-9]{4})", re.ASCII
)
"""``Thu, 15 Apr 2027 10:00:00 GMT``, as the reporters of Mocha and TestCafe write it."""
_ZONED: Final = re.compile(r"([0-9-]{10}T[0-9:]{8}) (GMT|UTC)", re.ASCII)
"""``2027-04-15T10:00:00 UTC``, as TestNG writes it; other names of zones are not known for sure."""


def moment_of(text: str, report: Report, time_zone: str) -> datetime:
    """Return the instant of a report's timestamp; without an offset it is local time.

    Raises:
        CollectorRefusal: It is neither an ISO 8601 time nor one as mail headers have it.
    """
    moment = read_moment(_ZONED.sub(r"\1Z", text), time_zone)
    if moment is None and _MAIL.fullmatch(text):
        try:
            moment = parsedate_to_datetime(text.replace("UTC", "GMT")).astimezone(UTC)
        except (ValueError, OverflowError):
            moment = None
    if moment is None:
        raise CollectorRefusal(
            f"{report.file_name}: {report.timestamps[text]} has the timestamp {text[:40]!r}, which is not an ISO 8601 "
            "time; export it again, or say in the binding when the report held: as_of by its file_name, or at and by "
            "a person"
        )
    return moment


def held(source: Input, report: Report, job: Job, time_zone: str) -> datetime:
    """Return when a report held: the oldest of its times and of what the host knows.

    Where the host knows, times of the report are not needed, and those that cannot be read, or are of a clock that was
    never set, are left aside. No file name and no person makes results younger than the report says that they are.

    Raises:
        CollectorRefusal: Nobody knows, a time cannot be read, or one lies after the assessment.
    """
    if source.as_of is not None:
        return min([source.as_of, *_readable(report, time_zone)])
    if source.rule.rule is not AsOfRule.DOCUMENT:
        what = f"nothing says when {report.file_name} held; state as_of in the binding"
        raise CollectorRefusal(what, GapReason.MISSING)
    if report.undated or not report.timestamps:
        who = report.undated or "every suite"
        raise CollectorRefusal(
            f"{report.file_name}: {who} is without a timestamp; state as_of in the binding", GapReason.MISSING
        )
    moments = {moment_of(text, report, time_zone): who for text, who in report.timestamps.items()}
    latest = max(moments)
    check_past(latest, job.now, f"{report.file_name}, {moments[latest]},")
    return min(moments)


def _readable(report: Report, time_zone: str) -> Iterable[datetime]:
    for text in report.timestamps:
        try:
            moment = moment_of(text, report, time_zone)
        except CollectorRefusal:
            continue
        if moment.year > NO_CLOCK:
            yield moment
