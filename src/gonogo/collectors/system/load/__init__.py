"""Facts about a load test, from JMeter's results or from the summary of k6 or Gatling.

A summary holds averages over the whole test, ramp-up too. What it cannot prove is a gap: only single requests show how
long the full load was held. Imports the readers of JSON and XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from gonogo.collectors.document_moment import held_by
from gonogo.collectors.system.load.jmeter import read_jmeter
from gonogo.collectors.system.load.load_test import LoadTest, held, longest_at
from gonogo.collectors.system.load.summaries import read_gatling, read_k6
from gonogo.documents.json_object import read_object
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Input, Job, LocalFact, Settings, SettingsRefusal, hookimpl

Label = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Figure = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?$")]

ERRORS: Final = LocalFact(
    if_known=True,
    name="error_ratio",
    type=FactType.RATIO,
    meaning="Requests that failed, out of all of the load test, or of a key transaction, checks, or the minutes with "
    "many users, that failed more.",
)
P95: Final = LocalFact(
    if_known=True,
    name="p95_ms",
    type=FactType.DECIMAL,
    unit="ms",
    meaning="95th percentile of the response time of the key transactions, or of all requests where none are named; of "
    "the minutes with many users, if that is slower.",
)
FACTOR: Final = LocalFact(
    if_known=True,
    name="peak_load_factor",
    type=FactType.DECIMAL,
    unit="x",
    meaning="Load that was held for the required time, divided by the forecast peak; of a summary, the average load.",
)
MINUTES: Final = LocalFact(
    if_known=True,
    name="duration_minutes",
    type=FactType.DECIMAL,
    unit="minutes",
    meaning="Consecutive whole minutes with at least the forecast peak.",
)
_NO_FORECAST: Final = "the binding does not say what load is forecast: forecast_peak"
_ONLY_SUMMED: Final = "a summary does not say how long the full load was held; bind JMeter's results, or state it"


class Forecast(Settings):
    """The forecast peak, in one of two measures.

    Attributes:
        requests_per_second: Requests a second.
        users: Users at once; only JMeter's results say how many there were.
    """

    requests_per_second: Figure | None = None
    users: int | None = Field(default=None, ge=1)


class LoadSettings(Settings):
    """Settings of a binding.

    Attributes:
        key_transactions: Labels of JMeter's samples whose response times count, and whose failures count each by itself
            too: many requests of another kind would make them look few. One without a sample is a gap.
        forecast_peak: What load is forecast. Without it nothing is said about the load that was held.
        held_minutes: How long the load has to be held to count, in whole minutes.
        percentile3: 95, if Gatling's third percentile is the 95th, as it is unless gatling.conf says otherwise.
    """

    key_transactions: tuple[Label, ...] = ()
    forecast_peak: Forecast | None = None
    held_minutes: int = Field(default=10, ge=1, le=1440)
    percentile3: Literal[95] | None = None


class LoadCollector:
    """Reads one load test (input ``file``): JMeter's JTL as CSV or XML, or a summary of k6 or Gatling. Calls nothing.

    Under ``as_of: document`` the end of JMeter's last request counts; the summaries do not say when. The build is said
    by the binding.
    """

    name = "load"
    facts: Sequence[LocalFact] = (ERRORS, P95, FACTOR, MINUTES)
    settings = LoadSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="JMeter results",
            line="^timeStamp,elapsed,label,",
            binding="load-test",
            prefix="perf",
            of_build=True,
            place=25,
        ),
        Recognizes(
            what="JMeter results in XML",
            xml_root=("testResults",),
            binding="load-test",
            prefix="perf",
            of_build=True,
            place=25,
        ),
        Recognizes(
            what="k6 summary",
            json_keys=("metrics", "root_group"),
            binding="load-test",
            prefix="perf",
            dated=False,
            of_build=True,
            place=26,
        ),
        Recognizes(
            what="k6 summary",
            line=r'(?s)^\s*\{.*"metrics"\s*:\s*\{.*"http_req(?:s|_duration|_failed)"\s*:\s*\{',
            binding="load-test",
            prefix="perf",
            dated=False,
            of_build=True,
            place=26,
        ),
        Recognizes(
            what="Gatling statistics",
            json_keys=("numberOfRequests", "percentiles3"),
            binding="load-test",
            prefix="perf",
            dated=False,
            of_build=True,
            place=27,
        ),
        Recognizes(
            what="Gatling statistics",
            json_keys=("pathFormatted", "stats"),
            binding="load-test",
            prefix="perf",
            dated=False,
            of_build=True,
            place=27,
        ),
    )

    def declare(self, settings: LoadSettings) -> Sequence[LocalFact]:
        """Return all facts.

        Raises:
            SettingsRefusal: The forecast gives no measure, or two.
        """
        peak = settings.forecast_peak
        if peak and (peak.requests_per_second is None) == (peak.users is None):
            raise SettingsRefusal([(("forecast_peak",), "say either requests_per_second or users")])
        if peak and peak.requests_per_second is not None and not Decimal(peak.requests_per_second):
            raise SettingsRefusal([(("forecast_peak", "requests_per_second"), "a forecast of 0 is none")])
        return self.facts

    def collect(self, job: Job, settings: LoadSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The test cannot be read, or nobody knows when it ended.
        """
        source = job.input("file")
        test = _read(source, settings)
        as_of = held_by(source, [test.ended] if test.ended else [], job)
        failed, requests = test.worst or (test.failed, test.requests)
        where = f"{source.file_name}: {test.trouble}" if test.trouble else ""
        yield ERRORS.counted(part=failed, whole=requests, as_of=as_of, where=where)
        if test.p95_ms is None:
            yield P95.missing(test.no_p95)
        else:
            yield P95.value(-_decimal(-test.p95_ms), as_of=as_of, where=where)
        factor = _factor(test, settings)
        minutes = _minutes(test, settings)
        for fact, found in ((FACTOR, factor), (MINUTES, minutes)):
            if isinstance(found, str):
                reason = GapReason.MISSING if found == _NO_FORECAST else GapReason.NOT_PROVABLE
                yield fact.missing(found, reason)
            else:
                yield fact.value(_decimal(found), as_of=as_of, where=where)


def _read(source: Input, settings: LoadSettings) -> LoadTest:
    with source.open() as stream:
        start = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"var stats"):
        raise StructuralFault(f"{source.file_name} is Gatling's script; bind js/global_stats.json beside it")
    if not start.startswith(b"{"):
        return read_jmeter(source, settings.key_transactions)
    if settings.key_transactions:
        raise StructuralFault(f"{source.file_name} is a summary, which tells no transactions apart: key_transactions")
    document = read_object(source.read(), source.file_name)
    if document.has("metrics") or document.has("root_group"):
        return read_k6(document)
    return read_gatling(document, settings.percentile3)


def _factor(test: LoadTest, settings: LoadSettings) -> Fraction | str:
    peak = settings.forecast_peak
    if peak is None:
        return _NO_FORECAST
    if peak.users is not None:
        if not any(minute.users for minute in test.minutes.values()):
            return "the test does not say how many users there were; save JMeter's results with allThreads"
        return Fraction(held(test.minutes, "users", settings.held_minutes), peak.users)
    forecast = Fraction(peak.requests_per_second or "0")
    if test.minutes:
        return Fraction(held(test.minutes, "requests", settings.held_minutes), 60) / forecast
    if not test.rate:
        return "the summary gives no rate of requests"
    seconds = round(test.requests / test.rate)
    if seconds < settings.held_minutes * 60:
        return f"the whole test took {seconds} seconds, and the load has to be held for {settings.held_minutes} minutes"
    return test.rate / forecast


def _minutes(test: LoadTest, settings: LoadSettings) -> Fraction | str:
    peak = settings.forecast_peak
    if peak is None:
        return _NO_FORECAST
    if not test.minutes:
        return _ONLY_SUMMED
    if peak.users is not None:
        return Fraction(longest_at(test.minutes, "users", Fraction(peak.users)))
    return Fraction(longest_at(test.minutes, "requests", Fraction(peak.requests_per_second or "0") * 60))


def _decimal(value: Fraction) -> Decimal:
    """Return the value with at most three decimals, rounded down, so that no load looks greater than it was."""
    return Decimal(value.numerator * 1000 // value.denominator) / 1000


@hookimpl
def gonogo_register_collectors(register: Callable[[LoadCollector], None]) -> None:
    """Register the collector."""
    register(LoadCollector())
