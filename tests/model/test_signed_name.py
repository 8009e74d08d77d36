"""Who signs has a name."""

from __future__ import annotations

import pytest

from gonogo.model.signed_name import is_name, why_no_name


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "no", "No.", "NO!", "?", "-", "–", "later", "n/a", "not yet", "yes", "x", "XXX", "12", "#12", "TBD"],
        *["no: two words are wrong", "not confirmed", "rejected", "false", "nein", "nobody yet", "TBD - ask Bob"],
        *["me", "Myself", "the PMO", "PMO", "gonogo", "admin", "team", "System owner"],
        *["nobody has said when it held", "Somebody of the office", "Everyone involved"],
    ],
)
def test_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "opening",
    [
        *["no", "not", "nope", "never", "nein", "non", "false", "wrong", "incorrect", "reject", "rejected", "refuse"],
        *["refused", "decline", "declined", "deny", "denied", "disagree", "unconfirmed", "yes", "true", "confirmed"],
        *["approved", "agreed", "fine", "correct"],
    ],
)
def test_an_answer_is_no_name_whatever_follows_it(opening: str) -> None:
    """Somebody answers the question whether it is right, and signs nothing."""
    assert not is_name(f"{opening.capitalize()}, Ada Kirsch")
    assert is_name(f"Ada {opening.capitalize()}")


@pytest.mark.parametrize(
    "text",
    [
        *["Ada Kirsch", "Norbert Yesny", "A. Kirsch", "Kirsch", "Nora No", "李娜", "Ida Falsetti", "ada.kirsch", "J"],
        *["I. Calloway", "Theo"],
    ],
)
def test_name(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *["Ada Kirsch; Theo Brandvold", "Ada and Theo", "Ada Kirsch / Theo Brandvold", "Ada & Theo", "Ada\nTheo"],
        *["Ada und Theo", "Ada Kirsch et al.", "Ada + Theo", "Ada|Theo", "Ada；Theo", "Ada Kirsch, Jr.; Theo"],
    ],
)
def test_several_people_are_not_one_who_signs(text: str) -> None:
    """Nobody could be asked what they have looked at."""
    assert why_no_name(text) == "names several people"


@pytest.mark.parametrize(
    "text",
    ["Ada, Theo", "Ada Kirsch, Theo Brandvold", "Kirsch, Ada", "Ada, Theo, Lin", "Ada、Theo", "Ada Kirsch, PMP, Theo"],
)
def test_a_comma_may_stand_between_two_people(text: str) -> None:
    """Only who knows the people can tell."""
    assert "a comma" in why_no_name(text)


@pytest.mark.parametrize("text", ["Kirsch, Ada", "KIRSCH, Ada", "Kirsch, A."])
def test_a_family_name_before_a_comma_is_one_name_where_somebody_of_that_name_is_known(text: str) -> None:
    assert is_name(text, ["Theo Brandvold", "Ada Kirsch"])
    assert not is_name(text, ["Theo Brandvold", "Ada Kirschner"])
    assert not is_name("Ada, Theo", ["Theo Brandvold", "Ada Kirsch"])
    assert not is_name(f"{text}, Theo", ["Theo Brandvold", "Ada Kirsch"])


@pytest.mark.parametrize(
    "text", ["Data team", "Cutover Office", "Program staff", "Ada's team", "GSA PMO", "Service Desk", "Control Board"]
)
def test_a_group_is_no_person(text: str) -> None:
    assert why_no_name(text) == "names a group or an office, and no person"


@pytest.mark.parametrize(
    "text",
    [
        *["Jenkins Smith (bot)", "svc-ada", "svc_ada", "dependabot[bot]", "ci", "build-agent", "Jenkins", "No Reply"],
        *["Ada's service account", "CI Pipeline", "Deploy bot Ada"],
    ],
)
def test_a_service_is_no_person_whatever_name_it_has(text: str) -> None:
    """What a machine writes nobody has looked at."""
    assert why_no_name(text) in ("may be a service or a shared account, and no person", "is nobody's name")
    assert not is_name(text, [text])


@pytest.mark.parametrize(
    "text",
    [
        *["Ada Kirsch, PMP", "Ada Kirsch, Jr.", "Ada Kirsch, Ph.D., PMP", "Jenkins Smith", "Travis Vance", "Ada Board"],
        *["Orlando Anderson", "Ana Ortega y Gasset", "Ann O'Neil-Andrews", "Kirsch (Ada)", "Ada Service"],
    ],
)
def test_a_person_may_be_called_so(text: str) -> None:
    """A stop for a name that only sounds like another thing is a stop for nothing."""
    assert is_name(text)


@pytest.mark.parametrize(
    ("name", "mixed"), [("Ad\u0430 Kirsch", True), ("Ada Kirsch", False), ("\u0410\u0434\u0430", False)]
)
def test_a_name_of_two_scripts_in_one_word_is_refused(name, mixed):
    """It looks like a person's name and is another text; a name all in one script is a name."""
    assert ("two scripts" in why_no_name(name)) is mixed


@pytest.mark.parametrize("name", ["Y\u0131ld\u0131z Kaya", "Zo\u00eb Smith", "Bj\u00f8rn Dahl"])
def test_latin_letters_of_other_languages_are_letters_of_a_name(name):
    """A dotless i is Turkish."""
    assert not why_no_name(name)
