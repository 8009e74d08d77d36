"""What the rules pin of a fact's meaning binds it for every collector."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gonogo.collectors.program.raid import RaidCollector, RaidSettings
from gonogo.collectors.program.schedule import facts as schedule_facts
from gonogo.collectors.program.schedule.settings import ScheduleSettings
from gonogo.collectors.system.junit.case_facts import FACTS
from gonogo.collectors.system.junit.settings import JUnitSettings
from gonogo.core.pinned_facts import DECIDES, not_shown, pins_of_fact, unpinned_fault, without_unpinned
from gonogo.core.settings_word import USUAL
from gonogo.model.derivation import Derivation
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.plugin.spec import LocalFact

PINS = (
    Derivation(collector="raid", settings={"high_score": 15, "stale_days": 14}),
    Derivation(collector="schedule:mspdi", settings={"near_critical_days": 5, "late_tolerance": "0.10"}),
    Derivation(collector="junit", settings={"reruns": "worst", "build_property": "build"}),
)
HIGH = "raid.high_risks_open"
SHOWING = "score >= 15 and not mitigated"


def bound(plugin: str = "table", *, collector: str = "", prefix: str | None = "raid", **settings: Any) -> Binding:
    return Binding(
        id="log", plugin=plugin, collector=collector, prefix=prefix, side=Side.CUSTOMER, producer="x", settings=settings
    )


def table(measure: dict[str, Any], fact: str = "high_risks_open") -> Binding:
    return bound(facts={fact: measure})


@pytest.mark.parametrize(
    ("fact", "pins"),
    [
        (HIGH, ["high_score: 15"]),
        ("risks.high_risks_unmitigated", ["high_score: 15"]),
        ("raid.stale_items", ["stale_days: 14"]),
        ("raid.open_items", []),
        ("ims.critical_tasks_resourced_ratio", ["near_critical_days: 5"]),
        ("ims.golive_tasks_late", ["late_tolerance: 0.10"]),
        ("sit.failed", ["reruns: worst"]),
        ("sit.planned", []),
        ("raid.high_risks", []),
    ],
)
def test_a_fact_is_bound_by_what_decides_its_meaning(fact: str, pins: list[str]):
    """By its local name, under whatever prefix; where a build is named decides no number."""
    assert [pin.words for pin in pins_of_fact(fact, PINS)] == pins


@pytest.mark.parametrize(
    ("measure", "counts"),
    [
        ({"count": {"where": "score >= 15"}}, True),
        ({"count": {"where": SHOWING}}, True),
        ({"count": {"where": "not mitigated and (open and 15 <= score)"}}, True),
        ({"count": {"where": "probability * impact >= 15"}}, True),
        ({"share": {"where": "mitigated", "among": "score >= 15.0"}}, True),
        ({"count": {"where": "score >= 14"}}, False),
        ({"count": {"where": "score >= 16"}}, False),
        ({"count": {"where": "score >= 15 or open"}}, False),
        ({"count": {"where": "score == 15"}}, False),
        ({"count": {"where": "score != 15"}}, False),
        ({"count": {"where": "score >= 15 and score >= 20"}}, False),
        ({"count": {"where": "score >= 15 and not score < 20"}}, False),
        ({"count": {"where": "score * score >= 15"}}, True),
        ({"count": {"where": "not score >= 15"}}, False),
        ({"count": {"where": "15 == 15 and score >= 20"}}, False),
        ({"count": {"where": 'level == "high"'}}, False),
        ({"count": {"where": "score >= ("}}, False),
        ({"count": {}}, False),
        ({"sql": "SELECT count(*) FROM risks WHERE score >= 15"}, False),
    ],
)
def test_a_table_compares_with_the_pinned_value(measure: dict[str, Any], counts: bool):
    """With 20 for high, an open risk of 16 is none."""
    why = unpinned_fault(HIGH, table(measure), PINS)

    assert (why == "") is counts
    assert counts or why.startswith(
        "The rules pin high_score: 15 of raid, which decides what raid.high_risks_open means, and the binding log "
        "answers it by table without showing 15; bind the source with `collector: raid`"
    )


@pytest.mark.parametrize(("where", "counts"), [("now - modified_on > 14d", True), ("now - modified_on > 15d", False)])
def test_days_are_days(where: str, counts: bool):
    """A pin of days is a number, and a condition writes a duration."""
    assert (unpinned_fault("raid.stale_items", table({"count": {"where": where}}, "stale_items"), PINS) == "") is counts


@pytest.mark.parametrize(
    ("binding", "fact", "counts"),
    [
        (bound("raid", high_score=15), HIGH, True),
        (bound("raid", high_score="15"), HIGH, True),
        (bound("raid", high_score=14), HIGH, False),
        (bound("raid"), HIGH, True),
        (bound("schedule", collector="xer"), "ims.critical_tasks_resourced_ratio", True),
        (bound("schedule", collector="xer", near_critical_days=6), "ims.critical_tasks_resourced_ratio", False),
        (bound("agency"), HIGH, False),
        (bound("agency"), "raid.open_items", True),
        (bound("attestation", prefix=None), HIGH, True),
        (bound(facts={"failed": {"count": {"where": 'state == "failed"'}}}, prefix="sit"), "sit.failed", False),
        (bound("junit", reruns="worst", prefix="sit"), "sit.failed", True),
        (None, HIGH, True),
    ],
)
def test_any_other_collector_shows_it_by_its_setting_or_not_at_all(binding: Binding | None, fact: str, counts: bool):
    """Its default counts as its setting; a statement is no count, and a case of a ruleset has no binding."""
    assert (unpinned_fault(fact, binding, PINS) == "") is counts


def value(fact: str = HIGH, binding: str = "log") -> Evidence:
    return Evidence(
        fact=fact, type=FactType.INTEGER, value=0, as_of=datetime(2027, 4, 18, tzinfo=UTC), basis=Basis.MEASURED,
        source=Source(binding=binding, locator=f"{binding}.csv"),
    )  # fmt: skip


@pytest.mark.parametrize("where", ["score >= 15", "score >= 20"])
def test_the_fact_is_a_gap_if_any_of_its_sources_does_not_show_it(where: str):
    """A second source that is bound does not say which of the two was meant."""
    both = value(binding="raid").model_copy(update={"agreeing": (value(),)})
    bindings = {"log": table({"count": {"where": where}}), "raid": bound("raid", high_score=15)}

    found = without_unpinned(EvidenceSet(evidence=(both, value("raid.open_items"))), bindings, PINS)

    assert isinstance(found["raid.open_items"], Evidence)
    entry = found[HIGH]
    assert isinstance(entry, Evidence) is (where == "score >= 15")
    assert isinstance(entry, Evidence) or (entry.reason, entry.binding) == (GapReason.NOT_PROVABLE, "log")


@pytest.mark.parametrize(
    ("binding", "says"),
    [
        (table({"count": {"where": SHOWING}}), "log counts it by table: its own condition decides the rest"),
        (bound("attestation", prefix=None), "a person states it (log): nothing shows by which value"),
        (bound("raid"), None),
    ],
)
def test_page_one_names_who_counts_it_otherwise(binding: Binding, says: str | None):
    """The rest of a condition is the program's word, and so is a statement."""
    told = list(not_shown([(value(), binding), (value("raid.open_items"), binding)], PINS))

    assert told == ([] if says is None else [(HIGH, f"{HIGH}: the rules pin high_score: 15 of raid, and {says}.")])


def test_the_settings_and_facts_that_are_listed_are_those_of_the_collectors():
    """A setting or fact that was renamed would be bound no more."""
    schedule = {each.name for each in vars(schedule_facts).values() if isinstance(each, LocalFact)}
    raid = {each.name for each in RaidCollector.facts}
    known = {
        "raid": (RaidSettings, raid),
        "schedule": (ScheduleSettings, schedule),
        "junit": (JUnitSettings, {each.name for each in FACTS}),
    }
    for plugin, settings in DECIDES.items():
        model, facts = known[plugin]
        for name, decided in settings.items():
            field = model.model_fields[name]
            assert decided <= facts, (plugin, name)
            assert name not in USUAL or f"{USUAL[name]}" == f"{field.default}", (plugin, name)
