"""Names as they look."""

import pytest

from gonogo.model.look_alike import latin, near

NAME = "Financial platform"


@pytest.mark.parametrize(
    "other",
    [
        "Fin\u0430ncial platform",
        "Financial platforms",
        "FinancialPlatform",
        "financial-platform",
        "Finacial platform",
        "Financail platform",
        "Financial plattform",
        "<b>Financial</b> platform",
        "Financial&nbsp;platform",
    ],
)
def test_another_spelling_looks_like_the_name(other):
    """Its row would be left out, and nobody would see that it is another letter."""
    assert near(NAME, other)
    assert near(other, NAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Unit A", "Unit B"),
        ("Interface 12345", "Interface 12346"),
        ("ERP", "ERQ"),
        (NAME, "Financial portal"),
        ("Ledger one", "Ladger two"),
        (NAME, "Financial platform east"),
        ("Travel", "Treval"),
    ],
)
def test_another_name_does_not(one, other):
    """Parts that are numbered or lettered differ by one sign, and are others."""
    assert not near(one, other)


@pytest.mark.parametrize(
    ("one", "other", "found"), [("pare", "bare", False), ("paper", "taper", True), ("papers", "tapers", True)]
)
def test_a_slip_counts_in_words_of_five_letters(one, other, found):
    """Short words differ by one letter too often."""
    assert near(one, other) is found


def test_letters_are_read_as_they_look():
    """A capital that looks like a small l is a capital I here, as in an id."""
    assert latin("\u0421\u0406-\u200b1") == "CI-1"
