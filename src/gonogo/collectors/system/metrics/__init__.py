"""Facts about monitoring, from samples in Prometheus' text format or OpenMetrics: which components are up.

A component that ought to be there and is not counts as down. Imports nothing but its own reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.document_moment import held_by
from gonogo.collectors.system.metrics.exposition import MetricSample, samples
from gonogo.model.fact import FactType
from gonogo.model.look_alike import near
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Collector, Input, Job, LocalFact, Settings, hookimpl

MetricName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$")]
LabelName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_][a-zA-Z0-9_]{0,199}$")]
LabelValue = Annotated[str, StringConstraints(min_length=1, max_length=300)]

DOWN: Final = LocalFact(
    name="targets_down",
    type=FactType.INTEGER,
    unit="components",
    meaning="Components of which a sample says that one of their targets is down, and expected ones without a sample.",
    if_known=True,
)
SERVICES: Final = LocalFact(
    name="services",
    type=FactType.INTEGER,
    unit="components",
    meaning="Components that have a sample, and expected ones that have none.",
    if_known=True,
)


class MetricsSettings(Settings):
    """Settings of a binding.

    Attributes:
        metric: The metric that is 1 for a target that is up and 0 for one that is down.
        component: Label that names the component.
        labels: Labels that a sample must have to count, with their values: ``{env: production}``. One in another
            spelling, or a sample of an expected component that lacks it, takes every fact away.
        expected: Components that must be there; each one without a sample counts as down.
    """

    metric: MetricName = "up"
    component: LabelName = "job"
    labels: dict[LabelName, LabelValue] = Field(default_factory=dict)
    expected: tuple[LabelValue, ...] = Field(min_length=1)


class MetricsCollector:
    """Reads one file of samples (input ``file``), such as a Prometheus server's ``/federate`` gives. Calls nothing.

    Under ``as_of: document`` the oldest time of a sample that counts is taken, if each of them has one.
    """

    name = "metrics"
    facts: Sequence[LocalFact] = (DOWN, SERVICES)
    settings: type[Settings] = MetricsSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="Prometheus samples of what is up",
            line=r"(?m)^(?:# TYPE up |up\{)",
            binding="monitoring",
            prefix="monitoring",
            missing=(
                "expected: the components that must be there, by the label `job`; samples do not show who is left out",
            ),
            place=33,
        ),
    )

    def declare(self, settings: MetricsSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: MetricsSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The file cannot be read, no sample counts, or nobody knows when they held.
        """
        source = job.input("file")
        found, seconds = samples(_text(source), source.file_name)
        counted = [sample for sample in found if sample.name == settings.metric and _counts(sample, settings)]
        if not counted:
            raise StructuralFault(f"{source.file_name} has no sample of {settings.metric} with these labels")
        up: dict[str, bool] = dict.fromkeys(settings.expected, True)
        for sample in counted:
            component = sample.labels.get(settings.component, "")
            if not component:
                raise StructuralFault(f"{sample.place} has no label {settings.component}")
            up[component] = up.get(component, True) and _is_up(sample)
        seen = {sample.labels[settings.component] for sample in counted}
        down = [name for name, there in up.items() if not there or name not in seen]
        as_of = held_by(source, _moments(counted, seconds=seconds), job)
        yield DOWN.value(len(down), as_of=as_of).naming(down)
        yield SERVICES.value(len(up), as_of=as_of)


def _counts(sample: MetricSample, settings: MetricsSettings) -> bool:
    """Return whether a sample has the labels that the settings name.

    Raises:
        StructuralFault: It has one of them in another spelling, or is of an expected component and lacks one.
    """
    has = True
    for label, value in settings.labels.items():
        said = sample.labels.get(label, "")
        if said and said != value and near(said, value):
            raise StructuralFault(
                f"{sample.place} has the label {label} in another spelling ({said[:60]!r}, not {value[:60]!r}), so "
                "nobody knows if it counts"
            )
        if not said and any(near(sample.labels.get(settings.component, ""), each) for each in settings.expected):
            raise StructuralFault(
                f"{sample.place} is of an expected component and has no label {label}, so nobody knows if it counts"
            )
        has = has and said == value
    return has


def _text(source: Input) -> str:
    try:
        return source.read().decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise StructuralFault(f"{source.file_name} is not UTF-8 at byte {error.start}") from error


def _is_up(sample: MetricSample) -> bool:
    if sample.value is None:
        return False
    if sample.value not in (0, 1):
        raise StructuralFault(f"{sample.place} is neither 0 nor 1, so it does not say whether a target is up")
    return sample.value == 1


def _moments(counted: Sequence[MetricSample], *, seconds: bool) -> list[datetime]:
    """Return when the samples held; nothing if one does not say."""
    moments = []
    for sample in counted:
        if not sample.time:
            return []
        try:
            at = Decimal(sample.time) / (1 if seconds else 1000)
            moments.append(datetime.fromtimestamp(int(at), UTC))
        except (InvalidOperation, OverflowError, ValueError, OSError):
            raise StructuralFault(f"{sample.place} has a time that is none") from None
    return moments


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector."""
    register(MetricsCollector())
