"""The classes of defects: enough of them, each told in plain words, each with a name of its own."""

import re

import pytest

from gonogo.drill.defect_classes import DEFECTS, chosen
from gonogo.errors import UsageError


def test_there_are_at_least_thirty_classes_with_names_of_their_own():
    """A class that hides behind another's name is never planted."""
    names = [defect.id for defect in DEFECTS]

    assert len(names) >= 30
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_class_says_in_plain_words_what_somebody_did_and_what_it_needs(defect):
    """A manager reads the table, and the list says why a class was not planted here."""
    assert re.fullmatch(r"[a-z][a-z-]{2,40}", defect.id)
    assert defect.title[0].isupper()
    assert not defect.title.endswith(".")
    assert len(defect.title) <= 70
    assert defect.needs


def test_other_peoples_code_comes_last():
    """After it has run, nothing more of the installation may be loaded."""
    hostile = ["plugin" in defect.id or "collector" in defect.id for defect in DEFECTS]

    assert hostile == sorted(hostile)


def test_named_classes_come_in_the_order_of_the_list():
    """The table looks the same, however the classes are asked for."""
    assert [defect.id for defect in chosen(["edited-log", "lost-source"])] == ["lost-source", "edited-log"]


def test_without_a_name_all_are_planted():
    """Nobody has to know the classes to drill a program."""
    assert chosen([]) == DEFECTS


def test_a_name_that_is_none_is_refused_with_the_nearest():
    """A typo must not plant nothing and end well."""
    with pytest.raises(UsageError) as error:
        chosen(["lost-source", "edited-logs"])

    assert "edited-logs" in str(error.value)
    assert "edited-log'" in error.value.hint
