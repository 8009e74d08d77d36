"""Facts about success metrics, from the table of GSA's deck *Baseline and Target Performance Success Metrics*.

- The table is on a slide, in the Word document that GSA embeds there, or in a Word document of its own.
- A row with no figure in either cell, such as one that still holds the template's words, is a metric that nobody uses:
  it does not count among the metrics, and it stays in the whole of both shares until somebody deletes the row.
- A *baseline* is a figure. An estimate, an assumption or a benchmark is none. Where the table has a column for the day
  of measuring, that day has to be there, and not be later than the deck.
- A *target* is a figure with a day after the assessment, in its cell or in a column of its own. A fiscal year means its
  last day. The deck cannot say that anybody agreed; the binding does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.document_moment import local_day
from gonogo.collectors.program.decks.deck_source import DeckSource, HeadedTable, headed, read_source
from gonogo.collectors.program.decks.written_figures import first_day, is_figure, is_measured
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.placeholder import has_content, plain_words
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings

_DAYS: Final = {
    "baseline_on": ("baseline date", "baseline as of", "baseline measured", "date of baseline", "measured on"),
    "target_on": ("target date", "date of target", "target by", "target due", "by when"),
}
METRICS: Final = LocalFact(
    name="metrics",
    type=FactType.INTEGER,
    unit="metrics",
    meaning="Rows of the table with a figure for the baseline or the target.",
    if_known=True,
)
BASED: Final = LocalFact(
    name="metrics_with_baseline_ratio",
    type=FactType.RATIO,
    meaning="Rows whose baseline is a figure that nobody calls an estimate, out of all rows of the table.",
    if_known=True,
)
AIMED: Final = LocalFact(
    name="metrics_with_target_ratio",
    type=FactType.RATIO,
    meaning="Rows whose target is a figure with a day that is still to come, out of all rows of the table.",
    if_known=True,
)


class SuccessMetricsSettings(Settings):
    """Settings of a binding.

    Attributes:
        targets_agreed: Who agreed the targets, and on which day. Without both nothing proves that anybody did.
        rows: How many metrics the table has to have; a table that lost rows looks whole without it.
    """

    targets_agreed: Annotated[str, StringConstraints(max_length=300)] = ""
    rows: Annotated[int | None, Field(ge=1, le=1000)] = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One row.

    Attributes:
        name: The metric.
        used: Whether baseline or target is a figure.
        based: Whether it has a measured baseline.
        aimed: Whether it has a target with a day to come.
    """

    name: str
    used: bool
    based: bool
    aimed: bool


class SuccessMetricsCollector:
    """Reads GSA's deck of success metrics, or a Word document with its table (input ``file``). Calls nothing.

    A binding ``as: benefits`` makes ``benefits.metrics`` of it. A deck does not say when its content held.
    """

    name = "metrics"
    facts: Sequence[LocalFact] = (METRICS, BASED, AIMED)
    settings: type[Settings] = SuccessMetricsSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="GSA M3 success metrics",
            table_row=("Baseline Metric", "Target Metric"),
            binding="success-metrics",
            prefix="benefits",
            dated=False,
            settings={"targets_agreed": "who agreed the targets, and when"},
            remarks=("a baseline is a figure measured on the old system; an estimate does not count",),
            place=31,
        ),
    )

    def declare(self, settings: SuccessMetricsSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: SuccessMetricsSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The table is not there, is not filled in, or two people may read it differently.
        """
        source = read_source(job)
        tables = _tables(source)
        today = local_day(job.now, job.time_zone)
        metrics = list(_metrics(tables, local_day(source.as_of, job.time_zone), today))
        used = [each for each in metrics if each.used]
        if not used:
            raise CollectorRefusal(
                f"{source.name} is the template or as empty: no row has a figure",
                GapReason.MISSING,
            )
        if settings.rows is not None and len(metrics) != settings.rows:
            raise StructuralFault(f"{source.name} has {len(metrics)} metrics; the binding says {settings.rows}")
        idle = len(metrics) - len(used)
        where = "; ".join(table.table.place for table in tables) + (f", not filled in: {idle}" if idle else "")
        where += "" if settings.rows else "; nothing checks how many metrics there should be"
        yield METRICS.value(len(used), as_of=source.as_of, where=where)
        for fact, lacking in (
            (BASED, [m for m in metrics if not m.based]),
            (AIMED, [m for m in metrics if not m.aimed]),
        ):
            if fact is AIMED and not _is_agreed(settings.targets_agreed, today):
                yield AIMED.missing(
                    "a deck does not prove that anybody agreed its targets; targets_agreed has to say who and when "
                    "(2027-03-14)",
                    GapReason.NOT_PROVABLE,
                )
                continue
            whole = len(metrics)
            answer = fact.counted(part=whole - len(lacking), whole=whole, as_of=source.as_of, where=where)
            yield answer.naming(each.name for each in lacking)


def _tables(source: DeckSource) -> list[HeadedTable]:
    """Return the tables of metrics."""
    found = headed(source.tables, _column_of, ("baseline", "target"))
    if not found:
        raise source.lacking("success metrics, with headings that begin with Baseline and Target")
    nameless = next((each.table.place for each in found if "metric" not in each.columns), "")
    if nameless:
        raise StructuralFault(f"{nameless}: no heading of the table has the word metric or measure")
    return found


def _column_of(heading: str) -> str:
    day = next((name for name, starts in _DAYS.items() if heading.startswith(starts)), "")
    if day or heading.startswith(("baseline", "target")):
        return day or ("baseline" if heading.startswith("baseline") else "target")
    words = heading.split()
    return "metric" if {"metric", "metrics", "measure", "measures", "indicator", "kpi"} & set(words) else ""


def _metrics(tables: Sequence[HeadedTable], held: date, today: date) -> Iterator[Metric]:
    """Yield each row that says anything.

    Raises:
        StructuralFault: A row has no metric, or one is there twice.
    """
    seen: set[str] = set()
    for table in tables:
        for place, cells in table.rows():
            if not any(cell.lines for cell in cells.values()):
                continue
            texts = {name: cell.text for name, cell in cells.items()}
            if not has_content(texts["metric"]):
                raise StructuralFault(f"{place}: the row does not say which metric it is")
            key = plain_words(texts["metric"])
            if key in seen:
                raise StructuralFault(f"{place}: the metric stands in an earlier row too; delete one of them")
            seen.add(key)
            yield Metric(
                texts["metric"][:200],
                used=is_figure(texts["baseline"]) or is_figure(texts["target"]),
                based=is_measured(texts["baseline"]) and _was_on(texts, held),
                aimed=is_figure(texts["target"]) and _is_due(texts, today),
            )


def _is_agreed(text: str, today: date) -> bool:
    """Whether a binding says who agreed the targets and on which day, which is past; ``FILL IN`` says neither."""
    day = first_day(text, past=True)
    return has_content(text) and "fill in" not in plain_words(text) and day is not None and day <= today


def _was_on(texts: dict[str, str], held: date) -> bool:
    if "baseline_on" not in texts:
        return True
    day = first_day(texts["baseline_on"], past=True)
    return day is not None and day <= held


def _is_due(texts: dict[str, str], today: date) -> bool:
    day = first_day(texts.get("target_on") or texts["target"])
    return day is not None and day > today
