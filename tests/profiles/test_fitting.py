"""Fitting on its own: how many headings make a file a tool's, and which tool comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from gonogo.first_week.profile_heads import heads_of
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
    ("sheet", "tells"),
    [("Sheet1", False), ("sheet 12", False), ("Tabelle1", False), ("Hoja1", False), ("Form1", True), ("Tests", True)],
)
def test_a_sheet_that_nobody_named_tells_no_tool(sheet: str, tells: bool) -> None:
    """Every workbook begins with such a sheet, so a list of people was taken for the responses of a survey."""
    named = tool("A", "B", sheets=("Sheet1", "Sheet 12", "Tabelle1", "Hoja1", "Form1", "Tests"))
    fitted = fit(replace(named, formats=("xlsx",)), Head(("A", "B"), sheet=sheet, form="xlsx"))

    assert fitted is not None
    assert fitted.confidence is (Confidence.LIKELY if tells else Confidence.POSSIBLE)


@pytest.mark.parametrize(("pattern", "tells"), [("*.csv", False), ("*", False), ("*-list.csv", True), ("it*", True)])
def test_a_name_that_any_file_of_the_form_has_tells_no_tool(pattern: str, tells: bool) -> None:
    """A sign that every file bears is none."""
    fitted = found(tool("A", "B", file_names=(pattern,)), "A", "B", file_name="items-list.csv")

    assert fitted.confidence is (Confidence.LIKELY if tells else Confidence.POSSIBLE)


@pytest.mark.parametrize("more", [(), ("Name",), ("Name", "Start time")])
def test_a_list_of_people_is_no_survey(more: tuple[str, ...]) -> None:
    """Its people were counted as people who answered."""
    forms = find_profile("ms-forms-responses@1", shipped_profiles())
    assert isinstance(forms, Profile)
    fitted = fit(forms, Head(("ID", "Email", *more), "people.xlsx", "Sheet1", "xlsx"))

    assert fitted is None or not fitted.fits
    assert fitted is None or "Completion time" in fitted.difference


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
    twins = [tool("A", "B", name="z"), tool("A", "B", name="y")]
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


def test_of_two_as_sure_what_tells_counts_as_a_column() -> None:
    """A heading that only one tool has outweighs one that both read."""
    telling = tool(*"AB", name="z-telling", telling=("Tool key",), file_names=("f.csv",))
    plainly = tool(*"AB", name="a-plain", telling=("A",), file_names=("f.csv",))
    read = tool(*"ABC", name="m-read", telling=("A",), file_names=("f.csv",))
    head = Head((*"ABC", "Tool key"), "f.csv")

    assert [each.profile.name for each in recognize(head, [plainly, telling, read])] == [
        "m-read",
        "a-plain",
        "z-telling",
    ]
    twice = replace(telling, telling=("Tool key", "A"))
    assert recognize(head, [plainly, twice])[0].profile.name == "z-telling"


def test_a_fit_says_why_and_what_it_leaves_unread() -> None:
    """A person believes what can be checked."""
    profile = tool(*"AB", telling=("Tool key", "Tool url"), sheets=("Export*",), file_names=("tool-*.csv",))
    profile = replace(profile, about_people=("Owner",))
    fitted = fit(profile, Head(("A", "B", "Tool key", " ", "Owner"), "tool-1.csv", "Export 7"))

    assert fitted is not None
    assert fitted.why == (
        f"2 of 2 columns that {profile.title} must have; 'Tool key', which only this tool has; the sheet is called "
        "'Export 7'"
    )
    assert (fitted.unread, fitted.people) == (("Tool key", "Owner"), ("Owner",))
    by_name = found(profile, *"AB", file_name="tool-1.csv")
    assert by_name.why.endswith("must have; the file is named as the tool names it")
    assert found(profile, *"AB", file_name="1-tool.csv").why.endswith("must have")


@pytest.mark.parametrize(("lacking", "said"), [(6, "'h5'"), (7, "'h5' and 1 more"), (8, "'h5' and 2 more")])
def test_a_difference_names_six_headings_and_counts_the_rest(lacking: int, said: str) -> None:
    """Below, at and above seven; a heading of a page is cut."""
    names = [f"h{number}" for number in range(lacking)]
    fitted = found(tool(*names, *"ABCDEFGHIJKL", telling=("Tool key",)), *"ABCDEFGHIJKL", "Tool key")

    assert fitted.difference == (
        f"columns that it has not: {', '.join(map(repr, names[:5]))}, {said}; columns that the profile does not read: "
        "'Tool key'"
    )
    long = found(tool(*"ABC", "x" * 61, telling=("A",)), *"ABC")
    assert long.difference == f"columns that it has not: {'x' * 60!r}"


def test_a_sheet_or_the_keys_of_the_rows_tell_a_file_that_lacks_a_column() -> None:
    """Each is a sign of its own; without any the file may be of anybody."""
    profile = tool(*"ABCDE", sheets=("Export",))

    assert fit(profile, Head(tuple("ABCD"), "", "Export")) is not None
    assert fit(profile, Head(tuple("ABCD"), "", "Other")) is None
    kind = {"column": "c0", "what": "a thing", "begins": ["T"]}
    keyed = replace(profile, tables={"t": {**profile.tables["t"], "kind": kind}})
    assert fit(keyed, Head(tuple("ABCD"), below=lambda: [("T1", "", "", "")])) is not None
    assert fit(keyed, Head(tuple("ABCD"), below=lambda: [("X1", "", "", "")])) is None


def test_other_formats_and_headings_that_the_tool_never_has_fit_nothing() -> None:
    """One heading of another tool is enough."""
    profile = tool(*"AB", foreign=("Alien*",))

    assert fit(profile, Head(tuple("AB"), form="csv")) is not None
    assert fit(profile, Head(tuple("AB"), form="json")) is None
    assert fit(profile, Head((*"AB", "Alien key"))) is None


def test_cells_are_those_of_the_first_column_with_one_of_the_headings() -> None:
    """A row that ends before it says nothing."""
    head = Head(("Key", "State", "state"), below=lambda: [("K1", " New ", "Old"), ("K2",), ("K3", "Done")])

    assert head.column(["STATE", "other"]) == ("State", ["New", "Done"])
    assert head.column(["other"]) == ("", [])
    assert Head(("Key",)).column(["Key"]) == ("Key", [])


def test_one_of_the_needed_headings_is_enough_to_look_closer() -> None:
    """Every other file is passed over unread."""
    optional = tool("A", "Labels[].name")
    columns = {**optional.tables["t"]["columns"], "c9": {"header": "Z", "may_be_absent": True}}
    profile = replace(optional, tables={"t": {"columns": columns}})

    assert profile.needed == {"a", "labels[].name", "labels"}
    assert replace(profile, tables={"t": {"columns": {"c9": columns["c9"]}}}).needed == set()


class _Anything(frozenset[str]):
    """Headings of which every file has one, so that every profile is looked at closely."""

    def isdisjoint(self, other: Iterable[object], /) -> bool:
        return False


@pytest.mark.parametrize("profile", shipped_profiles(), ids=lambda profile: profile.name)
def test_what_is_passed_over_would_not_have_fitted(profile: Profile) -> None:
    """Over every row of every shipped example, as a file and under the names that the tool gives it."""
    close = replace(profile)
    object.__setattr__(close, "needed", _Anything())
    heads = [
        replace(head, file_name=name, sheet=sheet, form=form)
        for head in example_heads()
        for name, sheet, form in (
            (head.file_name, head.sheet, head.form),
            (next(iter(profile.file_names), "").replace("*", "1"), next(iter(profile.sheets), ""), profile.formats[0]),
        )
    ]

    assert len(heads) > 200
    assert [fit(profile, head) for head in heads] == [fit(close, head) for head in heads]


@cache
def example_heads() -> tuple[Head, ...]:
    """Every row of an example that may hold headings, and the headings of none."""
    examples = (each.path.parent / example.file for each in shipped_profiles() for example in each.examples)
    return (Head(()), Head(("", "Nothing")), *(head for path in examples for head in heads_of(path)))


def test_rivals_are_other_columns_that_may_say_the_same_beside_one_that_is_there() -> None:
    """A defect of low priority may be critical by its severity, and a person says which counts."""
    priority = {"header": "Priority", "also": ["Prio"], "rivals": ["*severity*", "Prio*"]}
    columns = {"priority": priority, "grade": {"rivals": ["Class"]}, "state": {"header": "State"}}
    profile = replace(_ANY, tables={"t": {"columns": columns}})

    assert profile.rivals(["Key", "Priority", "Bug severity", "State"]) == {"priority": ("Priority", "Bug severity")}
    assert profile.rivals(["prio", "Severity", "Prio 2"]) == {"priority": ("prio", "Severity", "Prio 2")}
    assert profile.rivals(["Grade", "Class"]) == {"grade": ("Grade", "Class")}
    for headings in (["Priority", "State"], ["Severity", "State"], ["Priority", "Prio"], []):
        assert profile.rivals(headings) == {}


@pytest.mark.parametrize("more", ["KB Severity", "Asset Name"])
def test_a_list_of_qualys_assets_is_read_by_its_own_profile(more: str) -> None:
    """It was called a scan without the column Type, which this list never has, and offered as defects."""
    head = Head(("QID", "Title", "Severity", "Type Detected", "Status", "Port", more), "qualys_list.csv")

    assert [each.profile.name for each in recognize(head, shipped_profiles()) if each.surely] == ["qualys-vmdr"]


@pytest.mark.parametrize(("form", "tool_of_it"), [("csv", "smartsheet-tasks-csv"), ("xlsx", "smartsheet-tasks")])
def test_a_share_of_completion_tells_no_tool_of_plans(form: str, tool_of_it: str) -> None:
    """Every plan has one; a plan of somebody's own was put aside as an export of Smartsheet."""
    headings = ("WBS", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Resource", "% Complete")
    profile = find_profile(f"{tool_of_it}@1", shipped_profiles())
    assert isinstance(profile, Profile)
    fitted = fit(profile, Head(headings, f"plan.{form}", "Plan" if form == "xlsx" else "", form))

    assert fitted is None or fitted.confidence is Confidence.POSSIBLE
