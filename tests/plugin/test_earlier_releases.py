"""Bindings of earlier releases: asked only when they may count, and then about their own release."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gonogo.model.fact import FactType
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.testing.jobs import SAMPLE_NOW
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of, vocabulary_of, write_plugin

TELLS = """
    from gonogo.model.fact import FactType
    from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

    SAID = LocalFact("said", FactType.TEXT, "What it was asked about.")

    class Tells:
        name = "tells"
        facts = (SAID,)
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            yield SAID.value(f"{job.release} {job.go_live:%Y-%m-%d}", as_of=job.now)

    @hookimpl
    def gonogo_register_collectors(register):
        register(Tells())
"""
PILOT = SAMPLE_RELEASE.model_copy(update={"id": "pilot", "go_live": SAMPLE_RELEASE.go_live - timedelta(days=90)})
LATER = SAMPLE_RELEASE.model_copy(update={"id": "later", "go_live": SAMPLE_RELEASE.go_live + timedelta(days=90)})


@pytest.fixture
def asked(tmp_path):
    """What each binding was asked about, by binding id."""
    entry = write_plugin(tmp_path / "plugins", "tells", TELLS)
    bindings = [
        binding_of("tells", id=f"b-{release}", prefix=f"p{number}", release=release)
        for number, release in enumerate((None, "pilot", "payroll-1", "later"))
    ]
    program = program_of(*bindings, releases=(PILOT, SAMPLE_RELEASE, LATER))
    vocabulary = vocabulary_of(**{f"p{number}__said": FactType.TEXT for number in range(4)})

    def ask(**more):
        replies = collect(
            CollectionRequest(
                program,
                root=tmp_path,
                release=SAMPLE_RELEASE,
                now=SAMPLE_NOW,
                vocabulary=vocabulary,
                entries={"tells": entry},
                **more,
            )
        )
        return {reply.binding: reply.items[0].value for reply in replies}

    return ask


def test_another_releases_binding_is_not_asked(asked):
    """Its evidence would be about something else."""
    assert set(asked()) == {"b-None", "b-payroll-1"}


def test_an_earlier_ones_is_asked_about_its_own_release(asked):
    """What it compares with go-live is compared with the pilot's."""
    assert asked(earlier=("pilot",)) == {
        "b-None": "payroll-1 2027-05-03",
        "b-pilot": "pilot 2027-02-02",
        "b-payroll-1": "payroll-1 2027-05-03",
    }
