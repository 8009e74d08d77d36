"""Lists of one tool with nearly the same columns are told apart by their rows."""

from __future__ import annotations

import pytest

from gonogo.profiles.fitting import Confidence, Fit, Head, fit, recognize
from gonogo.profiles.kind_told import words_meant
from gonogo.profiles.shelf import find_profile, shipped_profiles

PROFILES = shipped_profiles()
COMMON = ("number", "short_description", "priority", "state", "assigned_to", "opened_at", "sys_updated_on")
JIRA = ("Issue key", "Issue Type", "Status", "Priority")


def found(name: str, headings: tuple[str, ...], *rows: tuple[str, ...], whole: bool = True) -> Fit:
    """How a file fits one profile, which it does in some way."""
    profile = find_profile(name, PROFILES)
    assert not isinstance(profile, str)
    fitted = fit(profile, Head(headings, below=lambda: rows, whole=whole))
    assert fitted is not None
    return fitted


@pytest.mark.parametrize(
    ("key", "first", "confidence"),
    [
        ("INC0010101", "servicenow-incidents", Confidence.LIKELY),
        ("PRB0040001", "servicenow-problems", Confidence.LIKELY),
        ("CHG0030001", "servicenow-changes", Confidence.LIKELY),
    ],
)
def test_columns_that_each_list_has_tell_nothing_and_keys_do(key: str, first: str, confidence: Confidence) -> None:
    """Number, priority, state and the days are on every task of the tool."""
    head = Head(COMMON, below=lambda: [(key, "x", "3 - Low", "New", "S", "", "")], whole=True)
    fits = recognize(head, PROFILES)

    assert (fits[0].profile.name, fits[0].confidence) == (first, confidence)
    assert all(each.confidence is Confidence.OTHER for each in fits[1:] if each.profile.name.startswith("servicenow"))


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("SCTASK0010001",), "its row is a catalog task and not an incident, because its key begins with SCTASK"),
        (("RITM1", "RITM2"), "each row is a requested item and not an incident, because its key begins with RITM"),
        (("INC1", "PRB2"), "a row is a problem and not an incident, because its key begins with PRB"),
    ],
)
def test_a_list_of_another_kind_is_refused_with_what_it_is(keys: tuple[str, ...], says: str) -> None:
    """One strange row is enough: then it is the list of several kinds."""
    fitted = found("servicenow-incidents", COMMON, *((key, "x", "1", "New", "S", "", "") for key in keys))

    assert fitted.confidence is Confidence.OTHER
    assert not fitted.fits
    assert fitted.difference == says


@pytest.mark.parametrize("keys", [("HD0001",), ("INC1", "HD2"), ()])
def test_keys_that_nobody_knows_tell_nothing(keys: tuple[str, ...]) -> None:
    """An office may have changed how its numbers begin; without rows nobody has looked."""
    fitted = found("servicenow-incidents", COMMON, *((key, "x", "1", "New", "S", "", "") for key in keys))

    assert (fitted.confidence, fitted.told) == (Confidence.POSSIBLE, 0)


@pytest.mark.parametrize(
    ("types", "whole", "other"),
    [
        (("Change Request", "Story"), True, True),
        (("Change Request", "Bug"), True, False),
        (("Change Request", "Ticket"), True, False),
        (("Change Request", ""), True, False),
        (("Change Request", "Story"), False, False),
        ((), True, False),
    ],
)
def test_a_search_without_a_defect_is_no_list_of_defects(types: tuple[str, ...], whole: bool, other: bool) -> None:
    """Only where every row is known to be something else: what the first rows say is not what all say."""
    rows = [(f"HARB-{number}", word, "Open", "High") for number, word in enumerate(types)]
    fitted = found("jira-issues", JIRA, *rows, whole=whole)

    assert (fitted.confidence is Confidence.OTHER) is other
    assert not other or fitted.difference == "no row is a defect by its column 'Issue Type'"


@pytest.mark.parametrize(("labels", "other"), [("enhancement,sev-1", True), ("sev-1,bug", False), ("nothing", False)])
def test_a_cell_with_several_labels_says_each_of_them(labels: str, other: bool) -> None:
    """One of them may be that of a defect."""
    head = ("number", "state", "labels", "created_at", "html_url")
    fitted = found("github-issues", head, ("1", "open", labels, "", ""))

    assert (fitted.confidence is Confidence.OTHER) is other


def test_words_of_lists_and_words_as_they_stand() -> None:
    """A profile may write either."""
    profile = find_profile("servicenow-incidents", PROFILES)
    assert not isinstance(profile, str)

    assert words_meant(profile, ["$numbers", "TKT", "$numbers"]) == ("INC", "TKT")
    assert words_meant(profile, "any") == ("any",)


def test_the_first_rows_alone_never_say_that_there_is_none_of_a_kind() -> None:
    """A head says nothing of the rows below what was looked at, unless it is said to be all of them."""
    profile = find_profile("jira-issues", PROFILES)
    assert not isinstance(profile, str)
    rows = [("HARB-1", "Story", "Done", "High"), ("HARB-2", "Task", "Done", "Low")]

    first = fit(profile, Head(JIRA, below=lambda: rows))
    every = fit(profile, Head(JIRA, below=lambda: rows, whole=True))
    assert first is not None
    assert every is not None
    assert (first.other, every.confidence) == ("", Confidence.OTHER)


def test_keys_that_tell_the_kind_are_said_before_the_name_of_the_file() -> None:
    """A person who is shown why believes it."""
    profile = find_profile("servicenow-incidents", PROFILES)
    assert not isinstance(profile, str)
    rows = [("INC1", "x", "1", "New", "S", "", "")]

    fitted = fit(profile, Head(COMMON, "incident-1.csv", below=lambda: rows))
    assert fitted is not None
    assert fitted.why.endswith("must have; its keys begin with INC; the file is named as the tool names it")
    assert fitted.told == 2


def test_the_sentence_names_the_heading_of_the_file() -> None:
    """A Spanish export has no column 'Issue Type', and a person who looks for it finds none."""
    heads = ["Tipo de Incidencia", "Clave de incidencia", "ID de la incidencia", "Prioridad", "Estado", "Creada"]
    fitted = found("jira-issues", heads, ("Tarea", "HARB-1", "1", "High", "En curso", "02/abr/27 09:15 AM"))

    assert fitted.difference == "no row is a defect by its column 'Tipo de Incidencia'"
