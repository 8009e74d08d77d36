"""The plugin as the host meets it."""

from __future__ import annotations

import gonogo.collectors.program.schedule as plugin
from gonogo.collectors.program.schedule.collectors import MEASURES
from gonogo.collectors.program.schedule.facts import FACTS
from gonogo.plugin.spec import Collector


def registered():
    found = []
    plugin.gonogo_register_collectors(found.append)
    return {collector.name: collector for collector in found}


class TestRegistration:
    def test_every_reader_is_registered_as_a_collector(self):
        """One plugin, three collectors of one set of facts."""
        collectors = registered()

        assert set(collectors) == {"mspdi", "xer", "mpxj"}
        assert all(isinstance(collector, Collector) for collector in collectors.values())

    def test_every_declared_fact_has_its_measure_in_the_same_order(self):
        """A fact without a measure would be a promise that nobody keeps."""
        settings = {"golive": "GL1000"}
        for collector in registered().values():
            declared = collector.declare(collector.settings.model_validate(settings))
            assert tuple(declared) == FACTS == tuple(fact for fact, _ in MEASURES)

    def test_there_are_all_24_facts_of_the_catalogue_under_local_names(self):
        """The criteria ask for these and no others."""
        assert len({fact.name for fact in FACTS}) == 24
        assert all("." not in fact.name for fact in FACTS)
        assert all(bool(fact.unit) is fact.type.has_unit for fact in FACTS)
