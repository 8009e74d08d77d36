"""The plugin as the host meets it."""

from __future__ import annotations

from datetime import date

import pytest

import gonogo.collectors.program.schedule as plugin
from gonogo.collectors.program.schedule import collectors
from gonogo.collectors.program.schedule.collectors import FACTS, MEASURES
from gonogo.plugin.spec import Collector, SettingsRefusal
from gonogo.testing.jobs import answers_of, job_of


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

    def test_every_fact_has_its_measure(self):
        """A fact without a measure would be a promise that nobody keeps."""
        names = tuple(fact.name for fact in FACTS)
        for collector in readers():
            declared = collector.declare(collector.settings.model_validate({"golive": "GL1000", "facts": names}))
            assert tuple(declared) == FACTS == tuple(fact for fact, _ in MEASURES)

    def test_beyond_the_catalogue_a_fact_is_owed_only_where_the_vocabulary_has_it(self):
        """Vocabularies of agencies were written for the 24 facts of the catalogue."""
        for collector in readers():
            owed = collector.declare(collector.settings.model_validate({"golive": "GL1000"}))
            assert [fact for fact in owed if not fact.if_known] == list(FACTS[:24])
            assert len(owed) == 33

    @pytest.mark.parametrize(
        ("more", "facts"),
        [
            ({"scope": {"customer": ("A",)}}, ["customer_scope_in_wbs_ratio"]),
            ({"scope": {"provider": ("A",)}}, ["provider_scope_in_wbs_ratio"]),
            (
                {"contract": {"field": "x", "periods": ({"contract": "A", "award": date(2027, 1, 1)},)}},
                ["tasks_outside_contract", "contract_award_float_days"],
            ),
        ],
    )
    def test_what_only_a_list_in_the_settings_can_answer_is_owed_where_there_is_one(self, more, facts):
        """A gap of the schedule would outweigh the person who states the coverage of the WBS today."""
        for collector in readers():
            owed = collector.declare(collector.settings.model_validate({"golive": "GL1000"} | more))
            assert [fact.name for fact in owed[33:]] == facts

    @pytest.mark.parametrize("names", [(), ("bei", "cpi")])
    def test_a_fact_that_there_is_not_is_a_mistake_of_the_settings(self, names):
        """With the nearest name, or nothing would be asked and nobody would notice."""
        for collector in registered().values():
            with pytest.raises(SettingsRefusal, match=r"no fact 'cpi'|at least one"):
                collector.declare(collector.settings.model_validate({"golive": "GL1000", "facts": names}))

    def test_what_nobody_asks_for_is_not_computed(self, monkeypatch, mspdi, project):
        """DCMA's points take half the time of a large schedule, and the host would throw them away."""
        measured = []

        def noting(fact):
            return lambda reading: measured.append(fact.name) or fact.value(1, as_of=reading.as_of)

        monkeypatch.setattr(collectors, "MEASURES", tuple((fact, noting(fact)) for fact in FACTS))
        answers_of(
            collectors.MspdiCollector(),
            job_of({"file": ("ims.xml", mspdi(project))}, known=["bei", "high_float_ratio"]),
            {"golive": {"wbs": "GL1000"}},
        )

        assert set(measured) == {fact.name for fact in FACTS[:24]} | {"high_float_ratio"}

    def test_there_are_37_facts_under_local_names(self):
        """The catalogue asks for 24 of them; the rest are DCMA's other points, load, acquisitions and scope."""
        assert len({fact.name for fact in FACTS}) == 37
        assert all("." not in fact.name for fact in FACTS)
        assert all(bool(fact.unit) is fact.type.has_unit for fact in FACTS)
