"""Samples of monitoring: which components are up, and which are not there at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.spoiled import spoiled

from gonogo.collectors.system.metrics import MetricsCollector
from gonogo.collectors.system.metrics.exposition import samples
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

MS = 1_808_000_040_000


def up(*targets: tuple[str, str], time: object = "", end: str = "") -> bytes:
    lines = [f'up{{job="{job}",instance="{n}"}} {value} {time}'.rstrip() for n, (job, value) in enumerate(targets)]
    return "\n".join(["# TYPE up gauge", *lines, *([end] if end else []), ""]).encode()


def read(data: bytes, *, as_of=SAMPLE_NOW, expected=("ledger",), **settings):
    job = job_of({"file": ("up.prom", data)}, as_of=as_of)
    return answers_of(MetricsCollector(), job, {"expected": list(expected), **settings})


def down(data: bytes, **settings) -> list[str]:
    return list(read(data, **settings)["targets_down"].open_items)


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.metrics"
    settings: ClassVar = {"expected": ["ledger"]}
    files: ClassVar = {"file": ("up.prom", up(("ledger", "1"), ("portal", "0"), time=MS))}


class TestLines:
    def test_lines_may_end_as_in_windows(self):
        """Seconds were taken for milliseconds, since the end of OpenMetrics was not seen."""
        data = up(("ledger", "1"), time=MS // 1000, end="# EOF").replace(b"\n", b"\r\n")

        assert read(data, as_of=None)["targets_down"].as_of == datetime.fromtimestamp(MS // 1000, UTC)
        with pytest.raises(CollectorRefusal, match="goes on after its end"):
            read(data + b"x 1\r\n")


class TestDown:
    def test_a_component_is_down_if_one_of_its_targets_is(self):
        """Half a cluster is no cluster."""
        data = up(("ledger", "1"), ("ledger", "0"), ("portal", "1"))

        assert down(data) == ["ledger"]
        assert down(up(("ledger", "0"), ("ledger", "1"))) == ["ledger"]
        assert read(data)["services"].value == 2

    def test_an_expected_component_without_a_sample_is_down(self):
        """Monitoring that does not know a component shows no red."""
        data = up(("ledger", "1"))

        assert down(data, expected=["ledger", "payments"]) == ["payments"]
        assert read(data, expected=["ledger", "payments"])["services"].value == 2

    @pytest.mark.parametrize(("value", "expected"), [("1", 0), ("1.0", 0), ("1e0", 0), ("0", 1), ("NaN", 1)])
    def test_a_value_that_is_none_is_down(self, value, expected):
        """Nobody reached it."""
        assert len(down(up(("ledger", value)))) == expected

    @pytest.mark.parametrize(
        "env",
        ["Production", " production", "pro\u200bduction", "PRODUCTION", "pr\u043eduction", "productions", "prodction"],
    )
    def test_a_label_in_another_spelling_is_no_other_label(self, env):
        """A target that is down would be left out without a word."""
        data = f'up{{job="ledger",env="production"}} 1\nup{{job="portal",env="{env}"}} 0\n'.encode()

        with pytest.raises(CollectorRefusal, match="line 2 has the label env in another spelling"):
            read(data, labels={"env": "production"})

    @pytest.mark.parametrize("component", ["p\u043ertal", "Portal", "portals"])
    def test_an_expected_component_in_another_spelling_has_the_label(self, component):
        """Its target is down, and it looked like one of nobody's."""
        data = f'up{{job="portal",env="production"}} 1\nup{{job="{component}"}} 0\n'.encode()

        with pytest.raises(CollectorRefusal, match="line 2 is of an expected component and has no label env"):
            read(data, labels={"env": "production"}, expected=["portal"])

    @pytest.mark.parametrize("more", ["", ',env=""'])
    def test_a_sample_of_an_expected_component_has_the_label(self, more):
        """Whether it is of this environment nobody knows; Prometheus itself is expected by no program."""
        data = f'up{{job="ledger",env="production"}} 1\nup{{job="portal"{more}}} 0\n'.encode()

        assert down(data, labels={"env": "production"}) == []
        with pytest.raises(CollectorRefusal, match="line 2 is of an expected component and has no label env"):
            read(data, labels={"env": "production"}, expected=["ledger", "portal"])

    def test_only_samples_with_these_labels_count(self):
        """Staging is up all the time."""
        data = b'up{job="ledger",env="staging"} 1\nup{job="ledger",env="production"} 0\n'

        assert down(data, labels={"env": "production"}) == ["ledger"]
        assert down(data, labels={"env": "staging"}) == []

    def test_a_sample_counts_if_it_has_all_the_labels(self):
        """Production of another region is not this one."""
        data = b'up{job="ledger",env="production",region="east"} 0\nup{job="ledger",env="production",region="west"} 1\n'

        assert down(data, labels={"env": "production", "region": "west"}) == []
        assert down(data, labels={"env": "production", "region": "east"}) == ["ledger"]

    def test_another_metric_and_label_may_say_it(self):
        """Blackbox probes have names of their own."""
        data = b'probe_success{target="ledger"} 0\n'

        assert down(data, metric="probe_success", component="target") == ["ledger"]


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "no sample of up"),
            (up(("ledger", "1"))[:-1], "may be cut"),
            (b"down 1\n", "no sample of up"),
            (up(("ledger", "2")), "neither 0 nor 1"),
            (up(("ledger", "yes")), "no number"),
            (b"up 1\n", "has no label job"),
            (b'up{job="a" 1\n', "no sample of Prometheus"),
            (b'up{job="a",job="b"} 1\n', "one twice"),
            (b'up{job="a"} 1\nup{job="a"} 0\n', "there before"),
            (b'up{job="a",n="1"} 1\nup{n="1",job="a"} 0\n', "there before"),
            (b'# EOF\nup{job="a"} 1\n', "goes on after its end"),
            (b'up{job="\xff"} 1\n', "not UTF-8"),
            (up(("ledger", "1"), time="9" * 29), "a time that is none"),
        ],
    )
    def test_what_is_no_whole_exposition_is_refused(self, data, sentence):
        """A file that was cut has fewer targets that are down."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data, as_of=None if b"9999" in data else SAMPLE_NOW)


class TestMoments:
    @pytest.mark.parametrize(("time", "end"), [(MS, ""), (MS // 1000, "# EOF"), (f"{MS // 1000}.5", "# EOF")])
    def test_times_are_in_milliseconds_and_in_openmetrics_in_seconds(self, time, end):
        """A factor of a thousand is fifty years."""
        answer = read(up(("ledger", "1"), time=time, end=end), as_of=None)["services"]

        assert answer.as_of == datetime(2027, 4, 17, 22, 14, tzinfo=UTC)

    def test_the_oldest_counts_and_one_without_a_time_leaves_none(self):
        """A target that stopped reporting keeps its last sample."""
        older = up(("ledger", "1"), time=MS) + b'up{job="portal"} 1 %d\n' % (MS - 86_400_000)

        assert read(older, as_of=None)["services"].as_of.day == 16
        with pytest.raises(CollectorRefusal, match="does not say when"):
            read(up(("ledger", "1"), time=MS) + b'up{job="portal"} 1\n', as_of=None)


def test_samples_are_those_that_the_library_of_prometheus_reads():
    """Escapes, spaces and comments as another reader takes them."""
    text = '# HELP a b\n# TYPE a gauge\na{x="q\\"u\\\\o\\nte", y = "2" ,} 3.5 1700000000000\nb 1\n\nc{} +Inf\n'
    found, _ = samples(text, "x")

    theirs = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    assert [(one.name, one.labels, float(one.value)) for one in found] == [
        (one.name, one.labels, one.value) for one in theirs
    ]


@pytest.mark.fuzz
def test_a_spoiled_exposition_has_as_much_down_as_another_reader_sees():
    """No crash, and where the library of Prometheus reads the file too, no target that is down is overlooked."""
    names = ("ledger", "portal", "payments")
    both = 0
    for made in spoiled(up(("ledger", "0"), ("portal", "0"), ("payments", "1"))):
        try:
            found = down(made, expected=names)
            families = list(text_string_to_metric_families(made.decode()))
        except (CollectorRefusal, ValueError):
            continue
        both += 1
        theirs = [sample for family in families for sample in family.samples if sample.name == "up"]
        wanted = {sample.labels.get("job") for sample in theirs if sample.value != 1}
        wanted |= set(names) - {sample.labels.get("job") for sample in theirs}
        assert wanted <= set(found), made
    assert both
