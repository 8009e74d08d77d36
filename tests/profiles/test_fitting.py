"""Fitting on its own: how many headings make a file a tool's, and which tool comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gonogo.profiles.fitting import Confidence, Fit, Head, fit, recognize
from gonogo.profiles.profile import Profile, heading_fits
from gonogo.profiles.shelf import find_profile, shipped_profiles

_ANY = shipped_profiles()[0]


def tool(*needed: str, name: str = "tool", **more: tuple[str, ...]) -> Profile:
    """A profile that needs these columns."""
    columns = {f"c{number}": {"header": heading} for number, heading in enumerate(needed)}
    without: dict[str, tuple[str, ...]] = {"telling": (), "foreign": (), "sheets": (), "file_names": ()}
    return replace(_ANY, name=name, formats=("csv",), tables={"t": {"columns": columns}}, **(without | more))


def found(profile: Profile, *headings: str, file_name: str = "") -> Fit:
    """How a file of these headings fits, which it does."""
    fitted = fit(profile, Head(headings, file_name))
    assert fitted is not None
    return fitted


@pytest.mark.parametrize(("there", "like"), [(2, False), (3, True), (4, True)])
def test_a_file_that_has_most_of_the_columns_and_one_that_tells_is_like_the_tools(there: int, like: bool) -> None:
    """Below, at and above three of five; less may be anything."""
    fitted = fit(tool(*"ABCDE", telling=("Tool key",)), Head((*"ABCDE"[:there], "Tool key")))

    assert (fitted is not None) is like
    assert fitted is None or fitted.confidence is Confidence.CHANGED
    assert fit(tool(*"ABCD", telling=("Tool key",)), Head(("A", "B", "Tool key"))) is None


@pytest.mark.parametrize(("there", "like"), [(1, False), (2, True), (3, True)])
def test_half_of_the_columns_is_enough_where_two_headings_tell(there: int, like: bool) -> None:
    """Below, at and above two of four."""
    head = Head((*"ABCD"[:there], "Tool key", "Tool url"))

    assert (fit(tool(*"ABCD", telling=("Tool key", "Tool url")), head) is not None) is like


def test_a_file_that_lacks_columns_is_the_tools_only_if_something_else_tells_it() -> None:
    """Any list has an id and a status."""
    assert fit(tool(*"ABCDE"), Head(tuple("ABCD"))) is None
    assert found(tool(*"ABCDE"), *"ABCDE").confidence is Confidence.POSSIBLE
    assert found(tool(*"ABCDE", file_names=("tool-*.csv",)), *"ABCD", file_name="TOOL-1.CSV").lacking == ("E",)


@pytest.mark.parametrize(("needed", "like"), [("A", False), ("AB", True), ("ABC", True)])
def test_one_column_alone_makes_no_file_possibly_the_tools(needed: str, like: bool) -> None:
    """A column Time is in any list; below, at and above two. A name that the tool gives tells with one too."""
    alone = tool(*needed, file_names=("tool-*.csv",))

    assert (fit(alone, Head(tuple(needed))) is not None) is like
    assert found(alone, *needed, file_name="tool-1.csv").confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("headings", "file_name", "told", "surely", "confidence"),
    [
        (("A", "B"), "", 0, False, Confidence.POSSIBLE),
        (("A", "B"), "tool-1.csv", 1, False, Confidence.LIKELY),
        (("A", "B", "Tool key"), "", 1, False, Confidence.LIKELY),
        (("A", "B", "Tool key"), "tool-1.csv", 2, True, Confidence.SURE),
        (("A", "B", "Tool key", "Tool url"), "", 2, True, Confidence.SURE),
        (("A", "B", "Tool key", "Tool url"), "tool-1.csv", 3, True, Confidence.SURE),
    ],
)
def test_what_tells_a_tool_is_counted(
    headings: tuple[str, ...], file_name: str, told: int, surely: bool, confidence: Confidence
) -> None:
    """Two things make it sure: headings that only it has, or one and its name."""
    fitted = found(
        tool("A", "B", telling=("Tool key", "Tool url"), file_names=("Tool-*.csv",)), *headings, file_name=file_name
    )

    assert (fitted.told, fitted.surely, fitted.confidence) == (told, surely, confidence)


def test_one_column_that_is_lacking_is_enough_not_to_fit() -> None:
    """The fact that needs it would be answered from nothing."""
    assert not found(tool(*"ABCDE", telling=("Tool key",)), *"ABCD", "Tool key").fits
    assert found(tool(*"ABCDE"), *"ABCDE").fits


def test_the_surest_comes_first_and_of_two_as_sure_the_one_that_reads_more() -> None:
    """A file with all that one tool needs is not taken for another that it lacks half of."""
    more = tool(*"ABCDEF", name="b-more")
    less = tool(*"AB", name="a-less")
    changed = tool(*"ABCDEFG", "H", name="c-changed", telling=("A", "B", "C"))
    head = Head(tuple("ABCDEF"))

    assert [each.profile.name for each in recognize(head, [changed, less, more])] == ["b-more", "a-less", "c-changed"]
    twins = [tool("A", name="z"), tool("A", name="y")]
    assert [each.profile.name for each in recognize(head, twins)] == ["y", "z"]


@pytest.mark.parametrize(
    ("heading", "fits"),
    [("Custom field (Build)", True), ("custom  FIELD (build) ", True), ("Custom field (Build) 2", False)],
)
def test_a_pattern_is_a_whole_heading(heading: str, fits: bool) -> None:
    """What goes on behind it is another column."""
    assert heading_fits("Custom*(Build)", heading) is fits
    assert heading_fits("Custom field (Build)", heading) is fits


def test_a_name_without_a_version_is_no_profile_where_there_are_two() -> None:
    """Which of them reads a file, a person decides."""
    one, two = replace(_ANY, name="tool", version="1"), replace(_ANY, name="tool", version="2")

    assert find_profile("tool", [one, two]) == "tool is there as version 1, 2"
    assert find_profile("tool@2", [one, two]) is two
    assert find_profile("tool", [two]) is two
