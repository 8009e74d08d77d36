"""What a column says that its rows are about: below, on and above each edge that decides it."""

from __future__ import annotations

import pytest

from gonogo.collectors.rows.row_subject import About, about, bound_to, worth_watching

TWO = ["27.4.1", "27.4.2"]
WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "values", "kind"),
        [
            ("Build", TWO, About.BUILD),
            ("Release", ["one", "two"], About.RELEASE),
            ("Environment", ["one", "two"], About.ENVIRONMENT),
            ("Test Cycle", ["one", "two"], About.CYCLE),
            ("Notes", ["one", "two"], None),
            ("Found in", TWO, None),
            ("Release", ["", " "], None),
            ("Release", [], None),
        ],
    )
    def test_a_heading_tells_the_kind(self, heading: str, values: list[str], kind: About | None):
        assert about(heading, values) is kind

    @pytest.mark.parametrize(
        ("builds", "others", "kind"), [(1, 2, None), (1, 1, About.BUILD), (2, 1, About.BUILD), (0, 2, None)]
    )
    def test_half_of_the_values_under_build_look_like_builds(self, builds: int, others: int, kind: About | None):
        """`Build` is also what a roofer does."""
        values = [f"27.4.{number}" for number in range(builds)] + WORDS[:others]

        assert about("Build", values) is kind

    def test_under_build_the_bound_build_is_one_however_it_looks(self):
        assert about("Build", WORDS[:3], bound_to(builds=["alpha"])) is About.BUILD

    @pytest.mark.parametrize(
        ("rows", "values", "kind"),
        [
            (0, 3, About.RELEASE),
            (3, 3, About.RELEASE),
            (4, 2, About.RELEASE),
            (4, 3, None),
            (5, 2, About.RELEASE),
            (5, 3, None),
            (8, 4, About.RELEASE),
            (8, 5, None),
        ],
    )
    def test_where_nearly_every_row_has_its_own_the_column_tells_items_apart(self, rows, values, kind):
        """From four rows on, more than half: fewer rows prove nothing."""
        assert about("Release", WORDS[:values], rows=rows) is kind

    def test_the_bound_one_among_them_is_what_the_column_is_about(self):
        assert about("Release", WORDS[:4], bound_to(releases=["Alpha"]), rows=4) is About.RELEASE

    def test_a_version_is_a_release_where_it_holds_the_bound_one(self):
        values = ["alpha", "beta"]

        assert about("Version", values) is None
        assert about("Version", values, bound_to(releases=["alpha"])) is About.RELEASE


class TestSettled:
    @pytest.mark.parametrize(
        ("values", "bound", "kind"),
        [
            (["27.4.1"], [], None),
            (["27.4.1"], ["27.4.1"], None),
            (["27.4.1"], ["27.4.2"], About.BUILD),
            (TWO, ["27.4.1"], About.BUILD),
            (TWO, ["27.4.1", "27.4.2"], None),
            (TWO, [], About.BUILD),
        ],
    )
    def test_a_column_that_holds_only_the_bound_one_settles_itself(self, values, bound, kind):
        """One other value is enough: it is the other build that was counted."""
        assert about("Build", values, bound_to(builds=bound)) is kind


class TestValues:
    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            (["SIT", "UAT"], About.ENVIRONMENT),
            (["SIT", "Load"], None),
            (["Wave 1", "Wave 2"], About.RELEASE),
            (["Wave 1", "other"], None),
            (["Cycle 1", "Cycle 2"], About.CYCLE),
            (["Dry run", "Rehearsal"], None),
            (["Wave 1"], None),
        ],
    )
    def test_values_alone_must_leave_no_doubt(self, values: list[str], kind: About | None):
        assert about("Column", values) is kind

    @pytest.mark.parametrize(("rows", "kind"), [(3, None), (4, About.RELEASE), (5, About.RELEASE), (0, About.RELEASE)])
    def test_values_alone_must_repeat(self, rows: int, kind: About | None):
        """Two waves in three rows may be names of items."""
        assert about("Column", ["Wave 1", "Wave 2"], rows=rows) is kind

    @pytest.mark.parametrize(("build", "kind"), [("rc7", None), ("rc-7", About.BUILD), ("rc-77", About.BUILD)])
    def test_a_bound_build_is_known_anywhere_from_four_characters_on(self, build: str, kind: About | None):
        """A shorter one is a word of any column."""
        assert about("Column", [build, "x"], bound_to(builds=[build])) is kind


class TestProse:
    @pytest.mark.parametrize("length", [59, 60, 61])
    def test_no_length_talks_a_heading_away(self, length: int):
        assert about("Release", ["a" * length, "b"]) is About.RELEASE

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            (["a\nb", "c"], About.RELEASE),
            (["Passed", "Failed"], None),
            (["Passed", "beta"], About.RELEASE),
        ],
    )
    def test_words_of_status_name_nothing_and_prose_excuses_no_heading(self, values: list[str], kind: About | None):
        """All of them: one name among words of status is a name too many."""
        assert about("Release", values) is kind


class TestWatching:
    @pytest.mark.parametrize(
        ("heading", "values", "watched"),
        [
            ("Build", [], True),
            ("Version", [], True),
            ("Found in build", ["Wave 1", "Wave 2"], False),
            ("Column", ["Wave 1", "Wave 2"], True),
            ("Column", ["one", "two"], False),
        ],
    )
    def test_a_column_is_looked_at_whole_by_its_heading_or_its_first_values(self, heading, values, watched):
        assert worth_watching(heading, values, bound_to()) is watched


def test_names_are_told_as_the_program_writes_them():
    """`bound to r1` is the name of no release of the program."""
    bound = bound_to(builds=["B-7"], releases=["R1 "], environments=["SIT-2", "Prod"])

    assert [bound.words(kind) for kind in About] == ["B-7", "R1", "Prod, SIT-2", ""]
    assert bound.of(About.RELEASE) == {"r1"}
