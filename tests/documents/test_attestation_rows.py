"""The one reader of a file of attestations, for the collector and for the workbook that asks for the rest."""

import pytest

from gonogo.documents.attestation_rows import SHOWN, checked_row, read_rows
from gonogo.documents.attestations import AttestationDocument
from gonogo.model.refusal import SourceRefusal

ROW = "  - {fact: a.b, value: true, person: ada.kirsch, role: customer.sponsor, on: 2027-04-12}\n"


def written(*rows: str) -> bytes:
    """Return a file with these rows."""
    return ("schema: 1\nattestations:\n" + "".join(rows)).encode()


def test_rows_are_found_by_the_fact_that_they_state():
    """Two statements of one fact are both seen, in the order of the file."""
    rows = read_rows(written(ROW, ROW.replace("a.b", "a.c"), ROW.replace("true", "false")), "a.yaml")

    assert {fact: len(found) for fact, found in rows.items()} == {"a.b": 2, "a.c": 1}
    assert isinstance(checked_row(rows["a.b"][0]), AttestationDocument)


def test_a_file_that_was_cut_off_is_refused():
    """`12` of `120` is a whole number too: only the line end says that the line is whole."""
    with pytest.raises(SourceRefusal, match="does not end with a line end"):
        read_rows(written(ROW).rstrip(b"\n"), "a.yaml")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ROW.replace(", on: 2027-04-12", ""), "a.yaml:3:5: `on` is missing"),
        (ROW.replace("}", ", seen: x}"), "`seen` is not a key of an attestation; the keys are fact, value,"),
        (ROW.replace("person:", "persn:"), "`persn` is not a key of an attestation; did you mean `person`?"),
        (ROW.replace("}", ", evidence: ' '}"), "`evidence` is blank; leave it out or say something"),
        (ROW.replace("ada.kirsch", "12"), "`person` is text; put it in quotes"),
        ("  - stated\n", "an attestation is a mapping with fact, value, person, role, on"),
    ],
)
def test_a_row_that_breaks_the_form_refuses_the_file(row, sentence):
    """Nobody knows what such a row was meant to say, so none of the others is used."""
    with pytest.raises(SourceRefusal) as refusal:
        read_rows(written(row), "a.yaml")

    assert sentence in str(refusal.value)


def test_a_misspelt_key_is_one_mistake():
    """It is there, so nothing says that it is missing."""
    with pytest.raises(SourceRefusal) as refusal:
        read_rows(written(ROW.replace("person:", "persn:")), "a.yaml")

    assert "missing" not in str(refusal.value)


@pytest.mark.parametrize(("count", "more"), [(SHOWN, ""), (SHOWN + 1, " (and 1 more)")])
def test_at_most_five_mistakes_are_named(count, more):
    """A file in another form has as many as it has rows."""
    with pytest.raises(SourceRefusal) as refusal:
        read_rows(written(*["  - stated\n"] * count), "a.yaml")

    assert str(refusal.value).count("is a mapping") == SHOWN
    assert str(refusal.value).endswith(f"on{more}")
