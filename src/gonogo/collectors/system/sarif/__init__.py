"""Facts about scans, read from SARIF 2.1.0: which results are open, and whether the scan was whole at all.

A run without ``results`` did not scan, one that failed did not finish, and a tool that reports an error of its own may
have left files out (SARIF 2.1.0, appendix I): each is a gap, never a scan that found nothing. So is an empty list of
results with no trace of a scan beside it, which a pipeline writes as well where its scanner did not start.

Imports the readers of JSON; what a program does about a finding belongs in its ruleset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.document_build import build_named
from gonogo.collectors.document_moment import held_by, read_moment
from gonogo.collectors.system.sarif.run_rules import RunRules
from gonogo.collectors.system.sarif.sarif_keys import INVOCATION, NOTIFICATION, RUN
from gonogo.collectors.system.sarif.scan_result import ScanResult, accepted, results_of
from gonogo.documents.json_object import JsonObject, read_object
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings, hookimpl

Reason = Annotated[str, StringConstraints(min_length=10, max_length=400)]
ToolName = Annotated[str, StringConstraints(min_length=1, max_length=200)]

ERRORS: Final = LocalFact(
    if_known=True,
    name="sarif_error_open",
    type=FactType.INTEGER,
    unit="results",
    meaning="Results of level error that are neither suppressed nor gone since the baseline.",
)
WARNINGS: Final = LocalFact(
    if_known=True,
    name="sarif_warning_open",
    type=FactType.INTEGER,
    unit="results",
    meaning="Results of level warning that are neither suppressed nor gone since the baseline.",
)
SUPPRESSED: Final = LocalFact(
    if_known=True,
    name="sarif_error_suppressed",
    type=FactType.INTEGER,
    unit="results",
    meaning="Results of level error that somebody suppressed, in the code or outside of it.",
)
_DIED: Final = ("processStartFailureMessage", "exitSignalName")
"""What a run says of itself that was ended from outside or never began, whatever it says of its success."""
_ERROR_NOTIFICATIONS: Final = ("toolExecutionNotifications", "toolConfigurationNotifications")


class SarifSettings(Settings):
    """Settings of a binding.

    Attributes:
        tools: Names of the tools that have to have run; one that is missing takes every fact away.
        accepted_notifications: Id of an error that a tool reports of itself, to the reason why its results are whole
            all the same. Any other error of a tool takes every fact away.
        accepted_empty: Name of a tool that lists neither rules nor artifacts nor invocations when it finds nothing, to
            the reason why its empty list is a scan. Without it an empty list of such a tool takes every fact away.
    """

    tools: tuple[ToolName, ...] = ()
    accepted_notifications: dict[ToolName, Reason] = Field(default_factory=dict)
    accepted_empty: dict[ToolName, Reason] = Field(default_factory=dict)


class SarifCollector:
    """Reads SARIF 2.1.0 logs (inputs ``file``, one or several). Calls nothing.

    Under ``as_of: document`` the oldest time at which one of the runs ended counts. The build is the revision that
    the runs name (``versionControlProvenance``); without one, the binding has to say.
    """

    name = "sarif"
    facts: Sequence[LocalFact] = (ERRORS, WARNINGS, SUPPRESSED)
    settings = SarifSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="SARIF scan results",
            json_keys=("version", "runs"),
            binding="scans",
            prefix="scan",
            of_build=True,
            place=22,
        ),
    )

    def declare(self, settings: SarifSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: SarifSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: No whole scan: a log that cannot be read, a run that failed or shows no scan, a tool that
                did not run, runs of two builds, or nobody knows when they ended.
        """
        found: list[ScanResult] = []
        moments: list[datetime] = []
        builds: list[tuple[str, str]] = []
        ran: set[str] = set()
        for source in job.inputs("file"):
            log = _log(source.read(), source.file_name)
            ends: list[datetime] = []
            for run in log.objects("runs"):
                run.only(RUN)
                rules = RunRules(run)
                _check_whole(run, settings)
                _check_ran(run, rules, settings)
                ran.add(rules.tool)
                found += results_of(run, rules)
                ends += _ended(run)
                builds += list(_revisions(run)) or [("", run.place)]
            undated = not ends or len(ends) < len(log.items("runs") or ())
            moments.append(held_by(source, [] if undated else ends, job))
        if not moments:
            raise CollectorRefusal("the binding gives no input named 'file'", GapReason.MISSING)
        missing = [tool for tool in settings.tools if tool not in ran]
        if missing:
            raise StructuralFault(f"no run of {missing[0]} is among the scans", GapReason.MISSING)
        subject, as_of = build_named(builds, job), min(moments)
        there = [result for result in found if not result.gone]
        for fact, level, suppressed in (
            (ERRORS, "error", False),
            (WARNINGS, "warning", False),
            (SUPPRESSED, "error", True),
        ):
            keys = [result.key for result in there if result.level == level and result.suppressed == suppressed]
            yield fact.value(len(keys), as_of=as_of, subject=subject).naming(keys)


def _log(data: bytes, place: str) -> JsonObject:
    log = read_object(data, place)
    version = log.text("version")
    if version != "2.1.0":
        raise StructuralFault(f"{place} is not SARIF 2.1.0; export it in that version")
    if log.items("inlineExternalProperties"):
        raise StructuralFault(f"{place} keeps parts of its runs in inlineExternalProperties; export them in the runs")
    if not log.items("runs"):
        raise StructuralFault(f"{place} holds no run, so nothing was scanned", GapReason.MISSING)
    return log


def _check_whole(run: JsonObject, settings: SarifSettings) -> None:
    """Refuse a run that did not finish, or whose results are elsewhere.

    Raises:
        CollectorRefusal: The sentence says what is missing.
    """
    for invocation in run.objects("invocations"):
        invocation.only(INVOCATION)
        died = any(invocation.text(key) for key in _DIED)
        if died or not invocation.truth("executionSuccessful", absent=False):
            raise StructuralFault(f"{invocation.place} says that the tool did not finish successfully; scan again")
        for key in _ERROR_NOTIFICATIONS:
            for notification in invocation.objects(key):
                notification.only(NOTIFICATION)
                failed = notification.text("level") == "error" or notification.has("exception")
                if failed and not accepted(settings.accepted_notifications, notification):
                    raise StructuralFault(
                        f"{notification.place} is an error of the tool itself, so it may have left something out; scan "
                        "again, or name its descriptor's id under accepted_notifications with the reason"
                    )
    elsewhere = run.object("externalPropertyFileReferences")
    if elsewhere is not None and elsewhere.items("results"):
        raise StructuralFault(f"{run.place} keeps its results in other files; export it as one file")
    if run.items("results") is None:
        raise StructuralFault(
            f"{run.place} has no results, so it did not scan; a scan that found nothing has an empty list"
        )


def _check_ran(run: JsonObject, rules: RunRules, settings: SarifSettings) -> None:
    """Refuse an empty list of results if nothing beside it shows that the tool scanned.

    Raises:
        CollectorRefusal: The sentence says what the tool has to write.
    """
    traces = rules.listed or run.items("artifacts") or run.items("invocations")
    if run.items("results") or traces or rules.tool in settings.accepted_empty:
        return
    raise StructuralFault(
        f"{run.place} lists no results, and neither rules nor artifacts nor an invocation, so nothing shows that "
        f"{rules.tool[:80] or 'its tool'} scanned; have it write invocations with executionSuccessful true, or name it "
        "under accepted_empty with the reason",
        GapReason.NOT_PROVABLE,
    )


def _ended(run: JsonObject) -> Iterator[datetime]:
    """Yield the moment at which a run ended, or began where it does not say; nothing where it says neither."""
    moments = []
    for invocation in run.objects("invocations"):
        text = invocation.text("endTimeUtc") or invocation.text("startTimeUtc")
        if not text:
            return
        moment = read_moment(text, "UTC")
        if moment is None:
            raise StructuralFault(f"{invocation.place} has a time that is none")
        moments.append(moment)
    if moments:
        yield max(moments)


def _revisions(run: JsonObject) -> Iterator[tuple[str, str]]:
    for entry in run.objects("versionControlProvenance"):
        if entry.text("revisionId"):
            yield entry.text("revisionId"), entry.place


@hookimpl
def gonogo_register_collectors(register: Callable[[SarifCollector], None]) -> None:
    """Register the collector."""
    register(SarifCollector())
