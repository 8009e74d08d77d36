"""Facts about risks and issues, read from GSA's M3 RAID workbook as it is.

How the workbook is read, where it leaves room:

- *Open* is every status but Closed and Cancelled; a deferred risk is open.
- A risk is *high* when probability times impact reaches ``high_score``.
- A high risk is *mitigated* when its response (Avoid, Mitigate or Accept) is under way (In Progress: a new one has no
  approved response, a pending or escalated one waits for approval), with a response plan, an owner, and a date that
  is not past; for Avoid and Mitigate the date lies before the local day of go-live.
- A High issue is *planned* when it has a resolution plan and a date that is not past and lies before that day.
- An open item is *complete* with owner, side (Customer, Provider, Shared or a side's name), date and closure criteria.
- An item without a date counts as overdue, one that was never modified as stale: nobody can show otherwise, and
  clearing a cell must not make a log look better.
- Each fact names its open items by id: a count those that it counts, ``overdue_ratio`` the overdue ones, and
  ``complete_ratio`` those that are not complete.
- Days are local dates at the moment of the assessment; *stale* is more than ``stale_days`` without a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import Field

from gonogo.collectors.document_moment import local_day
from gonogo.collectors.program.raid.completeness import lacking, lacking_words, sides_of
from gonogo.collectors.program.raid.item_log import Log, LogItem, read_log
from gonogo.collectors.program.raid.log_counts import NAMED, words_on_logs
from gonogo.collectors.program.raid.log_date import held
from gonogo.collectors.program.raid.log_files import LOG_FILES, start_of
from gonogo.collectors.program.raid.m3_layout import ISSUE_LOG, RISKS
from gonogo.collectors.program.raid.release_scope import filter_of, name_mistakes
from gonogo.collectors.program.raid.scales import RESPONSES, UNDER_WAY, ImpactScale
from gonogo.collectors.program.raid.unsettled_rows import Left, row_mistakes, row_settings
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.worksheet import open_workbook
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.spec import Answer, Job, LocalFact, Settings, SettingsRefusal, hookimpl

_HIGH_OPEN: Final = LocalFact(
    "high_risks_open", FactType.INTEGER, "Open risks whose probability times impact reaches the high score.", "risks"
)
_HIGH_UNMITIGATED: Final = LocalFact(
    "high_risks_unmitigated",
    FactType.INTEGER,
    "Of the open high risks, those without approved response, plan, owner and date.",
    "risks",
)
_CRITICAL: Final = LocalFact("critical_issues_open", FactType.INTEGER, "Open issues of priority Critical.", "issues")
_UNPLANNED: Final = LocalFact(
    "high_issues_unplanned",
    FactType.INTEGER,
    "Open issues of priority High without resolution plan and date before go-live.",
    "issues",
)
_OPEN: Final = LocalFact("open_items", FactType.INTEGER, "Open risks and issues.", "items")
_COMPLETE: Final = LocalFact(
    "complete_ratio", FactType.RATIO, "Open items with owner, side, date and closure criteria, out of open items."
)
_STALE: Final = LocalFact(
    "stale_items", FactType.INTEGER, "Open items that were not modified within the cadence.", "items"
)
_OVERDUE: Final = LocalFact(
    "overdue_ratio", FactType.RATIO, "Open items past due or without a date, out of open items."
)


class RaidSettings(Settings):
    """Settings of a binding.

    Attributes:
        impact_scale: Which of the template's two impact scales people used: ``instructions`` or ``list``.
        high_score: Probability times impact, 1 to 25, from which a risk is high.
        stale_days: Days without a change after which an open item is stale.
        risk_modified_column: Heading of a column that was added to the Risk Log for the date of the last change; the
            template has none, and without it staleness cannot be proved.
        other_releases: Values of *Program or Release* whose rows are left out; every other row counts.
        release_names: Release id to the values of *Program or Release* of its rows; then only those of the release
            that is assessed count, and an unknown value is a gap.
        program_names: Beside ``release_names``: values that mean the whole program; their rows always count.
        not_subject: Headings of columns that name several releases, builds, environments or cycles and tell nothing
            apart, to the reason.
        rows: What becomes of rows that are ``struck`` through, a ``total``, a ``repeated_heading``, a ``group_title``
            or a ``parent``: ``left_out`` or ``counts``.
        other_sheets: Further sheets with the headings of a log and items that are not closed, to the reason why they
            count nowhere.
    """

    impact_scale: ImpactScale
    high_score: Annotated[int, Field(ge=1, le=25)] = 15
    stale_days: Annotated[int, Field(ge=1, le=365)] = 14
    risk_modified_column: str = ""
    other_releases: tuple[str, ...] = ()
    release_names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    program_names: tuple[str, ...] = ()
    not_subject: dict[str, str] = Field(default_factory=dict)
    rows: dict[NoItem, Left] = Field(default_factory=dict)
    other_sheets: dict[str, str] = Field(default_factory=dict)


class RaidCollector:
    """Reads the sheets Risk Log and Issue Log of the M3 RAID workbook. Calls nothing.

    A binding ``as: raid`` makes ``raid.open_items`` of it. Under ``as_of: document`` the cover's date counts.
    """

    name = "raid"
    facts: Sequence[LocalFact] = (
        _HIGH_OPEN,
        _HIGH_UNMITIGATED,
        _CRITICAL,
        _UNPLANNED,
        _OPEN,
        _COMPLETE,
        _STALE,
        _OVERDUE,
    )
    settings = RaidSettings
    network: Sequence[str] = ()
    recognizes = LOG_FILES
    start = staticmethod(start_of)

    def declare(self, settings: RaidSettings) -> Sequence[LocalFact]:
        """Return all eight facts, whatever the settings.

        Raises:
            SettingsRefusal: A name of a release is blank or given twice.
        """
        errors = list(name_mistakes(settings.release_names, settings.program_names, settings.other_releases))
        errors += row_mistakes(settings.rows, settings.not_subject)
        if errors:
            raise SettingsRefusal(errors)
        return self.facts

    def collect(self, job: Job, settings: RaidSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: Not the workbook, a sheet or heading is missing, or nobody knows when it held.
        """
        source = job.input()
        workbook = open_workbook(source)
        as_of = held(source, workbook, job.time_zone)
        releases = filter_of(
            job.release,
            names=settings.release_names,
            program=settings.program_names,
            others=settings.other_releases,
        )
        given = bool(settings.release_names or settings.other_releases)
        rows = row_settings(job, settings.rows, settings.not_subject, releases=given)
        rows = replace(rows, other_sheets=settings.other_sheets)
        scale, modified = settings.impact_scale, settings.risk_modified_column
        risks = read_log(workbook, RISKS, scale=scale, modified=modified, releases=releases, row_settings=rows)
        issues = read_log(workbook, ISSUE_LOG, scale=scale, releases=releases, row_settings=rows)
        yield from _Answers(job, settings, as_of, risks, issues).all()


@dataclass(frozen=True)
class _Answers:
    job: Job
    settings: RaidSettings
    as_of: datetime
    risks: Log
    issues: Log

    @property
    def today(self) -> date:
        return local_day(self.job.now, self.job.time_zone)

    @property
    def go_live(self) -> date:
        return local_day(self.job.go_live, self.job.time_zone)

    def all(self) -> Iterator[Answer]:
        """Yield the eight answers."""
        high = [item for item in self.risks.items if item.score >= self.settings.high_score]
        high_issues = [item for item in self.issues.items if item.priority == "high"]
        yield self._count(_HIGH_OPEN, high, [], self.risks)
        yield self._count(_HIGH_UNMITIGATED, [item for item in high if not self._mitigated(item)], [], self.risks)
        yield self._count(_CRITICAL, [], [i for i in self.issues.items if i.priority == "critical"], self.issues)
        yield self._count(_UNPLANNED, [], [i for i in high_issues if not self._planned(i)], self.issues)
        yield self._count(_OPEN, self.risks.items, self.issues.items, self.risks, self.issues)
        sides = sides_of(self.job)
        why = lacking_words([*self.risks.items, *self.issues.items], sides)
        yield self._share(_COMPLETE, lambda item: not lacking(item, sides), against=False, why=why)
        yield self._stale()
        yield self._share(_OVERDUE, lambda item: item.due is None or item.due < self.today, against=True)

    def _mitigated(self, item: LogItem) -> bool:
        if item.status != UNDER_WAY or item.response not in RESPONSES or not (item.plan and item.owner):
            return False
        return (
            item.due is not None and self.today <= item.due and (item.response == "accept" or item.due < self.go_live)
        )

    def _planned(self, item: LogItem) -> bool:
        return item.plan and item.due is not None and self.today <= item.due < self.go_live

    def _stale(self) -> Answer:
        if self.risks.items and not self.settings.risk_modified_column:
            return _STALE.missing(
                f"the Risk Log of the template has no column for the date of the last change, so nothing shows whether "
                f"its {len(self.risks.items)} open risks were kept up to date; add one and name it in "
                f"risk_modified_column",
                GapReason.NOT_PROVABLE,
            )
        for log in (self.risks, self.issues):
            for item in log.items:
                if item.modified is not None and item.modified > self.today:
                    return _STALE.missing(
                        f"sheet {log.layout.sheet}, row {item.row}, was modified on {item.modified}, which is in the "
                        f"future",
                        GapReason.MALFORMED,
                    )
        risks, issues = (
            [i for i in log.items if i.modified is None or (self.today - i.modified).days > self.settings.stale_days]
            for log in (self.risks, self.issues)
        )
        return self._count(_STALE, risks, issues, self.risks, self.issues)

    def _count(self, fact: LocalFact, risks: Sequence[LogItem], issues: Sequence[LogItem], *logs: Log) -> Answer:
        gap = self._gap(fact, *logs)
        if gap is not None:
            return gap
        where = words_on_logs(logs, risks, issues)
        answer = fact.value(len(risks) + len(issues), as_of=self.as_of, where=where)
        return answer.naming(item.key for item in (*risks, *issues))

    def _share(self, fact: LocalFact, counts: Callable[[LogItem], bool], *, against: bool, why: str = "") -> Answer:
        gap = self._gap(fact, self.risks, self.issues)
        if gap is not None:
            return gap
        risks, issues = ([item for item in log.items if counts(item)] for log in (self.risks, self.issues))
        named = [item.key for log in (self.risks, self.issues) for item in log.items if counts(item) is against]
        answer = fact.counted(
            part=len(risks) + len(issues),
            whole=len(self.risks.items) + len(self.issues.items),
            as_of=self.as_of,
            where=words_on_logs((self.risks, self.issues), [], []) + why,
        )
        return answer.naming(named)

    def _gap(self, fact: LocalFact, *logs: Log) -> Answer | None:
        found = [sentence for log in logs for sentence in log.problems.get(fact.name, ())]
        if found:
            more = f" (and {len(found) - NAMED} more)" if len(found) > NAMED else ""
            reason = next(log.reasons[fact.name] for log in logs if fact.name in log.reasons)
            return fact.missing("; ".join(found[:NAMED]) + more, reason)
        for log in logs:
            if not log.rows:
                left_out = f" ({log.left_out} rows of other releases were left out)" if log.left_out else ""
                return fact.missing(
                    f"sheet {log.layout.sheet} has no entry, open or closed{left_out}; an empty log proves nothing",
                    GapReason.NOT_PROVABLE,
                )
        return None


@hookimpl
def gonogo_register_collectors(register: Callable[[RaidCollector], None]) -> None:
    """Register the collector."""
    register(RaidCollector())
