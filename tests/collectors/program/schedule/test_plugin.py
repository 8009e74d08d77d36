"""The plugin as the host meets it."""

from __future__ import annotations

from datetime import date

import gonogo.collectors.program.schedule as plugin
from gonogo.collectors.program.schedule.collectors import FACTS, MEASURES
from gonogo.plugin.spec import Collector


def registered():
    found = []
    plugin.gonogo_register_collectors(found.append)
    return {collector.name: collector for collector in found}


def readers():
    return [collector for name, collector in registered().items() if name in ("mspdi", "xer", "mpxj")]


class TestRegistration:
    def test_every_reader_is_registered_as_a_collector(self):
        """One plugin: three readers of one set of facts, and two of several updates."""
        collectors = registered()

        assert set(collectors) == {"mspdi", "xer", "mpxj", "comparison", "series"}
        assert all(isinstance(collector, Collector) for collector in collectors.values())

    def test_every_declared_fact_has_its_measure_in_the_same_order(self):
        """A fact without a measure would be a promise that nobody keeps."""
        settings = {
            "golive": "GL1000",
            "contract": {"field": "x", "periods": ({"contract": "A", "award": date(2027, 1, 1)},)},
            "scope": {"customer": ("A",), "provider": ("B",)},
        }
        for collector in readers():
            declared = collector.declare(collector.settings.model_validate(settings))
            assert tuple(declared) == FACTS == tuple(fact for fact, _ in MEASURES)

    def test_what_only_a_list_in_the_settings_can_answer_is_owed_where_there_is_one(self):
        """A gap of the schedule would outweigh the person who states the coverage of the WBS today."""
        for collector in readers():
            owed = {fact.name for fact in collector.declare(collector.settings.model_validate({"golive": "GL1000"}))}
            assert {fact.name for fact in FACTS} - owed == {
                *("customer_scope_in_wbs_ratio", "provider_scope_in_wbs_ratio"),
                *("tasks_outside_contract", "contract_award_float_days"),
            }

    def test_there_are_37_facts_under_local_names(self):
        """The catalogue asks for 24 of them; the rest are DCMA's other points, load, acquisitions and scope."""
        assert len({fact.name for fact in FACTS}) == 37
        assert all("." not in fact.name for fact in FACTS)
        assert all(bool(fact.unit) is fact.type.has_unit for fact in FACTS)
