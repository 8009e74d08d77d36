"""A source that several releases share must speak of all of them."""

from datetime import UTC, datetime

from gonogo.model.program import Release
from gonogo.plugin.shared import shared_problems
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of

LATER = Release(id="payroll-2", go_live=datetime(2027, 7, 5, 4, 0, tzinfo=UTC))
BOTH = {"releases": (SAMPLE_RELEASE, LATER)}
GOLIVE = {"settings": {"golive": "GL1000 Go-live"}}


class TestGoLiveActivity:
    def test_one_for_two_releases_is_told(self):
        """The second release would be on schedule because the first one is."""
        [problem] = shared_problems(program_of(binding_of("schedule", **GOLIVE), **BOTH))

        assert (problem.code, problem.level) == ("G313", "error")
        assert "payroll-1, payroll-2" in problem.what
        assert "`subject: {release: payroll-1}`" in problem.what

    def test_one_for_each_release_is_as_it_should_be(self):
        bindings = [binding_of("schedule", id=name, release=name, **GOLIVE) for name in ("payroll-1", "payroll-2")]

        assert shared_problems(program_of(*bindings, **BOTH)) == []

    def test_a_program_with_one_release_has_one_go_live(self):
        assert shared_problems(program_of(binding_of("schedule", **GOLIVE))) == []

    def test_a_source_without_a_go_live_activity_may_serve_all_releases(self):
        assert shared_problems(program_of(binding_of("roster"), **BOTH)) == []
