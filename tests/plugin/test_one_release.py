"""A source that several releases share must be about all of them; its collector says which settings cannot."""

from datetime import UTC, datetime

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.program import Release
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import check_bindings, collect
from gonogo.testing import SAMPLE_NOW
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of, vocabulary_of

LATER = Release(id="payroll-2", go_live=datetime(2027, 7, 5, 4, 0, tzinfo=UTC))
BOTH = {"releases": (SAMPLE_RELEASE, LATER)}
GOLIVE = {"settings": {"golive": "GL1000 Go-live"}}


FACTS = vocabulary_of()


def told(*bindings, **more):
    return [each for each in check_bindings(program_of(*bindings, **more), FACTS) if each.code == "G313"]


class TestGoLiveActivity:
    def test_one_for_two_releases_is_told(self):
        """The second release would be on schedule because the first one is."""
        [problem] = told(binding_of("schedule", collector="mspdi", **GOLIVE), **BOTH)

        assert (problem.code, problem.level) == ("G313", "error")
        assert "the one go-live activity that it names (golive:)" in problem.what
        assert "payroll-1, payroll-2" in problem.what
        assert "`subject: {release: payroll-1}`" in problem.what

    def test_a_run_refuses_it_too(self, tmp_path):
        """Nobody has to run lint before a decision."""
        program = program_of(binding_of("schedule", collector="xer", **GOLIVE), **BOTH)

        with pytest.raises(ConfigurationError, match="go-live activity"):
            collect(CollectionRequest(program, root=tmp_path, release=SAMPLE_RELEASE, now=SAMPLE_NOW))

    def test_one_for_each_release_is_as_it_should_be(self):
        bindings = [
            binding_of("schedule", collector="mspdi", id=name, release=name, **GOLIVE)
            for name in ("payroll-1", "payroll-2")
        ]

        assert told(*bindings, **BOTH) == []

    def test_a_program_with_one_release_has_one_go_live(self):
        assert told(binding_of("schedule", collector="mspdi", **GOLIVE)) == []

    def test_a_source_without_a_go_live_activity_may_serve_all_releases(self):
        settings = {"facts": {"a.b": "boolean"}}

        assert told(binding_of("attestation", prefix=None, settings=settings), **BOTH) == []
