"""Empty talk is told from words that say something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.model.placeholder import has_content, is_caveat, is_unfilled, plain_words

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
    *["Vacant - recruiting", "VACANT (req 4711)", "vacant since May", "unfilled", "Unfilled position", "To be hired"],
    *["to be recruited", "To be filled Q1", "To be appointed in May"],
    *["ТВД", "ТБД", "ТВА", "ТBD", "nоne", "N.N.", "entfällt", "keine Angabe", "Reason: 123", "123"],
]
UNSAID = """
<p>&nbsp;</p> ¦ <div>TBD</div> ¦ &nbsp; ¦ &#160; ¦ &amp;nbsp; ¦ <img src="a.png"> ¦ <!-- who? -->
{color:red}TBD{color} ¦ <div class="ExternalClass0F12A">TBD</div> ¦ <s>Key by hand</s> ¦ ~~Key by hand~~ ¦ ="TBD"
#REF! ¦ #DIV/0! ¦ #WERT!
<span style="text-decoration: line-through">Key by hand</span> ¦ (blank) ¦ nan ¦ NaT ¦ (leer) ¦ (en blanco) ¦ (vide)
Choose an item. ¦ Click or tap here to enter text. ¦ Click here to enter a date. ¦ Please select ¦ -- Select --
Select
Click to add text ¦ Enter your answer ¦ Add a description ¦ Owner: Choose an item. ¦ Select an option from the list
Wählen Sie ein Element aus. ¦ Klicken oder tippen Sie hier, um Text einzugeben. ¦ Choisissez un élément.
Kies een item. ¦ Cliquez ou appuyez ici pour entrer du texte. ¦ Elija un elemento. ¦ Escolha um item.
Scegliere un elemento.
Выберите элемент. ¦ Место для ввода текста. ¦ 选择一项。 ¦ アイテムを選択してください。
None identified ¦ No mitigation ¦ Not mitigated ¦ No articles ¦ No position ¦ No action ¦ none planned at this time
No mitigation plan has been identified ¦ no owner will be assigned ¦ keine Maßnahmen geplant ¦ Aucune mesure prévue
sin plan ¦ No hay plan ¦ geen maatregelen ¦ нет плана ¦ nessuna misura ¦ nenhuma medida ¦ 待定 ¦ 无 ¦ なし
to be discussed ¦ To be discussed with the vendor ¦ still to be clarified ¦ pending approval ¦ Awaiting CFO approval
under review ¦ on hold ¦ needs further discussion ¦ to be completed later ¦ will be discussed in May
Cancelled ¦ Deferred until further notice ¦ CANCELLED - rebuild interface 12 ¦ Rebuild interface 12 (cancelled)
Cancelado ¦ see email ¦ See attached. ¦ refer to the attached document ¦ as discussed ¦ siehe Anhang ¦ voir courriel
No action; the groups will not be told ¦ No plan. The vendor won't mend it.
"""
"""What forms, workbooks and people leave where something belongs, and it says nothing."""
SAID = """
<p>Key by hand</p> ¦ <b>J. Smith</b> ¦ <s>No</s> Key by hand ¦ <REQ-7> ¦ AT&T ¦ R&D lead ¦ a < b and b > a
="J. Smith" ¦ <p title="x">Key by hand</p><!-- who? --> ¦ {color:red}Key by hand{color} ¦ #4711 ¦ Nan Goldin
R. Blank ¦ Will Blank
Choose an item of the catalog and post it ¦ Click here to post the batch in screen FB60 ¦ Select the vendor
Pick Andrews ¦ Enter the invoice ¦ Add the vendor to the list of holds
Wählen Sie ein Element aus dem Katalog aus und buchen Sie es
None identified in test; monitored weekly by the PMO ¦ No mitigation before the patch of 12 May: key by hand
Not mitigated by the vendor; we key by hand ¦ No manual posting after 18:00 ¦ no posts without two approvals
Kein Zugriff ohne zwei Freigaben ¦ Aucune saisie sans deux approbations ¦ None but R. Amsel ¦ No action before 12 May
Pending approval of the letter ¦ To be rebuilt by 2027-04-01 ¦ To be written off on 2027-04-30 ¦ 待定单由采购处理
On hold until R. Amsel has signed ¦ Under review by R. Amsel until 2027-04-12 ¦ will be told on Monday by R. Amsel
Cancelled contracts are closed by R. Amsel ¦ Rejected invoices go to the queue ¦ Withdrawn users keep read access
See attached runbook, step 4 ¦ see CHG0031234 ¦ Ask R. Amsel ¦ as discussed with R. Amsel: two people key by hand
No action; the batch reruns by itself ¦ No action; R. Amsel tells the groups
The groups will not be told before Monday
"""
"""The same words where they say something."""


def _texts(listed: str) -> list[str]:
    return [text.strip() for line in listed.strip().splitlines() for text in line.split("¦")]


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
    *["Vacant positions in payroll", "Vacante", "To be hired by ABC Staffing", "Recruiting", "unfilled forms go back"],
    *["No one may post after 18:00", "Nobody posts without two approvals", "to be rebuilt by 2027-04-01"],
]


@pytest.mark.parametrize("text", EMPTY + _texts(UNSAID))
def test_a_placeholder_says_nothing(text):
    """Each of these stood in a field that a complete plan or waiver needs, and would have counted."""
    assert not has_content(text)


@pytest.mark.parametrize("text", TALK + _texts(SAID))
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


def test_a_caveat_that_is_struck_through_is_a_caveat_still():
    """Markup is no reason to let a statement count for more."""
    assert is_caveat("<s>unit 3 is not tested</s>")


@pytest.mark.parametrize("text", ["Choose an item.", "#REF!", "<p>Choose an item.</p>", "Kies een item."])
def test_what_a_form_shows_before_anybody_answers_is_unfilled(text):
    """A word of a state is no default text; a column of states knows its own words."""
    assert is_unfilled(text)
    assert not is_unfilled("Pending")


@given(text=st.text(alphabet=st.characters(max_codepoint=127), max_size=12))
def test_plain_texts_are_read_as_all_others(text):
    """ASCII is looked up in a table; a character that prints nothing makes a text go the long way."""
    assert plain_words(text) == plain_words(f"\u200b{text}")
    assert has_content(text) == has_content(f"\u200b{text}")


@pytest.mark.parametrize("length", [199, 200, 201])
@pytest.mark.parametrize("again", [1, 2])
def test_a_text_is_judged_alike_whether_its_judgement_is_kept_or_not(length: int, again: int):
    """Those of short texts are; a cell of a column comes many times."""
    empty, full = "TBD".ljust(length, "."), "Retry by hand".ljust(length, ".")

    assert [has_content(text) for text in (empty, full) * again] == [False, True] * again
