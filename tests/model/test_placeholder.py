"""Empty talk is told from words that say something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.model.placeholder import has_content, is_caveat, plain_words

EMPTY = [
    *["", " ", ".", "?", "—", "–", "--", "…", "...", "\u200b", "\u2060\ufeff", "\u3164", "\u00a0", "!!"],
    *["TBD", "T.B.D.", "t b d", "ＴＢＤ", "T\u200bB\u200bD", "TÓDO", "tbd/tba", "[TBD]", "(tbc)", "tbd tbd"],
    *["n.a.", "N/A", "n / a", "n.\u00a0a.", "Ｎ／Ａ", "n\u200b/a", "none", "(none)", "--none--", "nil", "No one"],
    *["nobody yet", "not yet known", "None at this time.", "to follow", "Will follow", "to be determined", "pending"],
    *["< enter Requirements ID >", "<Describe the risk>", "[Insert date here]", "{{your name}}", " [ADD OWNER] "],
    *["x", "xxx", "0", "Owner: none", "no owner", "<<Insert Name>>", "TBD - see Bob", "To be confirmed by the PMO"],
    *[
        "123",
        "4711",
        "(7)",
        "12.",
        "٣",
        "ok",
        "OK.",
        "yes",
        "Yes!",
        "ja",
        "keine",
        "Keine.",
        "nichts",
        "ninguno",
        "нет",
    ],
    *["no workaround", "No workaround needed.", "not needed", "Not required", "Nothing is done", "nothing to do"],
    *["not tried", "Not yet tried", "not tested yet", "untested", "R. Amsel (not yet)", "R. Amsel (TBC)"],
    *["Keyed by hand [not tried].", "R. Amsel (to be confirmed by June)", "will be worked out by go-live"],
    *["We will think of something later", "R. Amsel （pending）"],
    *["see above", "See above.", "siehe oben", "s.o.", "ver arriba", "как выше", "см. выше", "same as above", "ditto"],
    *["ТВД", "ТБД", "ТВА", "ТBD", "nоne", "N.N.", "entfällt", "keine Angabe", "Reason: 123", "123"],
]
TALK = [
    *["J. Smith", "J. R. Tolkien", "A. B. Cole", "Ivo", "Noah", "Nil Ortega", "李", "customer.pmo_lead", "low", "Q2"],
    *["Pending approval of the letter", "TODO: rebuild interface 12", "Open the window", "https://x/y"],
    *["R. Amsel (acting)", "Keyed by hand (see CHG0031234)", "(not yet) the last word", "Not needed after 2027-05-01"],
    *[
        "Nothing is done by hand: the batch reruns",
        "not tried in production, in test on 2027-04-12",
        "We will key them",
    ],
    *["R. Amsel (not yet on leave)", "Pending (R. Amsel)"],
    *["JIRA-123", "GRT-103", "CHG0031234", "see CHG0031234", "see JIRA-123", "#4711", "5%", "$4,000", "§ 12", "No. 12"],
    *[
        "2027-04-01",
        "12.5",
        "see above, item 3",
        "Siehe oben, Punkt 3",
        "Иванов",
        "Нина",
        "Nada Ortega",
        "Ken Oben",
        "two",
    ],
    *["No one may post after 18:00", "Nobody posts without two approvals", "to be rebuilt by 2027-04-01"],
]


@pytest.mark.parametrize("text", EMPTY)
def test_a_placeholder_says_nothing(text):
    """Each of these stood in a field that a complete plan or waiver needs, and would have counted."""
    assert not has_content(text)


@pytest.mark.parametrize("text", TALK)
def test_words_say_something(text):
    """A real owner or action that only begins like a placeholder must not be refused."""
    assert has_content(text)


def test_what_is_no_text_says_something_unless_it_is_empty():
    """Dates and lists of approvals pass through the same judgement."""
    assert [has_content(value) for value in (None, (), ("approval",), 1)] == [False, False, True, True]


@pytest.mark.parametrize("text", ["none", "None.", "n/a", "—", "-", "", "no caveats", "\u200b", " "])
def test_none_is_no_caveat(text):
    """Who types *none* under caveats has none."""
    assert not is_caveat(text)


@pytest.mark.parametrize("text", ["pending", "TBD", "?", "...", "…", ".", "✓", "none but unit 3", "no. 3 is open"])
def test_empty_talk_never_takes_a_caveat_away(text):
    """A caveat that nobody has worded yet is a caveat still."""
    assert is_caveat(text)


def test_marks_between_single_letters_join_and_others_part():
    """*T.B.D.* is one word; *Smith, Jane* is two."""
    assert plain_words("T.B.D. Smith,Jane  n/a J. Smith") == "tbd smith jane na j smith"


@pytest.mark.parametrize(
    "text",
    ["<REQ-7>", "[CR-12] enter the invoice", "Enter the invoice", "<Enterprise ledger>", "[added] by the office"],
)
def test_brackets_around_words_that_ask_for_nothing_say_something(text):
    """A key in brackets is a key, and a test step begins with what to enter."""
    assert has_content(text)


@given(text=st.text(alphabet=st.characters(max_codepoint=127), max_size=12))
def test_plain_texts_are_read_as_all_others(text):
    """ASCII is looked up in a table; a character that prints nothing makes a text go the long way."""
    assert plain_words(text) == plain_words(f"\u200b{text}")
    assert has_content(text) == has_content(f"\u200b{text}")
