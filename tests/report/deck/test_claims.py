"""The colors that an earlier deck claims, as people show them: words, letters, fills, designs, signs."""

import io

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches

from gonogo.errors import UsageError
from gonogo.report.deck.claims import read_claims
from gonogo.report.deck.filling import filled
from gonogo.report.deck.slides import Deck
from gonogo.report.view import RunView

HEADING = ("No", "Task", "Owner", "Criticality", "Go/No-Go Success Criteria", "Health Indicator", "Status")


def deck(*cells):
    """A deck with a row for each cell; a cell is its text, and what paints it; a second paints that of the number."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    table = slide.shapes.add_table(len(cells) + 1, len(HEADING), *map(Inches, (0.5, 1, 9, 1))).table
    for column, text in enumerate(HEADING):
        table.cell(0, column).text = text
    for row, (text, paint) in enumerate(cells, start=1):
        table.cell(row, 0).text = f"{row}."
        table.cell(row, 5).text = text
        for column, brush in zip((5, 0), paint if isinstance(paint, tuple) else (paint,), strict=False):
            brush(table.cell(row, column))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def plain(cell):
    """Leave a cell without a fill of its own."""


def filled_with(digits):
    def paint(cell):
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(digits)

    return paint


def designed(color):
    def paint(cell):
        cell.fill.solid()
        cell.fill.fore_color.theme_color = color

    return paint


def shaded(first, last):
    def paint(cell):
        cell.fill.gradient()
        for stop, digits in zip(cell.fill.gradient_stops, (first, last), strict=True):
            stop.color.rgb = RGBColor.from_string(digits)

    return paint


def written_in(digits):
    def paint(cell):
        cell.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(digits)

    return paint


def no_fill(cell):
    cell.fill.background()


@pytest.mark.parametrize(
    ("text", "paint", "color"),
    [
        ("Green", plain, "Green"),
        ("RED", plain, "Red"),
        ("Amber", plain, "Yellow"),
        ("Yellow: vendor is late", plain, "Yellow"),
        ("g", plain, "Green"),
        ("R", no_fill, "Red"),
        ("", filled_with("00B050"), "Green"),
        ("", filled_with("92D050"), "Green"),
        ("", filled_with("C6E0B4"), "Green"),
        ("", filled_with("FFC000"), "Yellow"),
        ("", filled_with("FFFF00"), "Yellow"),
        ("", filled_with("FFE699"), "Yellow"),
        ("", filled_with("C00000"), "Red"),
        ("", filled_with("F4B6B6"), "Red"),
        ("on plan", filled_with("00B050"), "Green"),
        ("", designed(MSO_THEME_COLOR.ACCENT_3), "Green"),
        ("", designed(MSO_THEME_COLOR.ACCENT_2), "Red"),
        ("", shaded("00B050", "92D050"), "Green"),
        ("●", written_in("FF0000"), "Red"),
    ],
)
def test_a_color_is_read_however_people_show_it(text, paint, color):
    """A program office fills the cell more often than it types the word; a claim that is not read is never compared."""
    claims = read_claims(Deck(deck((text, paint))))

    assert (dict(claims.colors), claims.lines) == ({1: color}, ())


@pytest.mark.parametrize(
    ("text", "paint", "remark"),
    [
        ("On track", plain, "says `On track`, which is no color"),
        ("Red or green", plain, "says `Red or green`: more than one color"),
        ("", filled_with("ED7D31"), "has the color #ED7D31, which is not Green, Yellow or Red"),
        ("", filled_with("4472C4"), "has the color #4472C4, which is not Green, Yellow or Red"),
        ("", shaded("00B050", "FF0000"), "has a fill of several colors, which is not Green, Yellow or Red"),
        ("Agreed", plain, "says `Agreed`, which is no color"),
    ],
)
def test_what_is_no_color_is_named_and_not_guessed(text, paint, remark):
    """Orange may be amber or red: the row says so, instead of vanishing from the comparison."""
    claims = read_claims(Deck(deck((text, paint))))

    assert (dict(claims.colors), claims.lines) == ({}, (f"row 1 of the earlier deck {remark}",))


@pytest.mark.parametrize(
    ("text", "paint"),
    [("", plain), ("", no_fill), ("–", plain), ("", filled_with("FFFFFF")), ("", filled_with("D9D9D9"))],
)
def test_a_cell_that_claims_nothing_needs_no_remark(text, paint):
    """White and gray are the design of a table."""
    claims = read_claims(Deck(deck((text, paint))))

    assert (dict(claims.colors), claims.lines) == ({}, ())


@pytest.mark.parametrize(("other", "color"), [("00B050", None), ("92D050", None), ("FFFFFF", "Green")])
def test_the_color_of_a_whole_row_is_its_design(other, color):
    """GSA's template has light blue rows, and an agency's may be green: nobody claimed that."""
    claims = read_claims(Deck(deck(("", (filled_with("00B050"), filled_with(other))))))

    assert (dict(claims.colors), claims.lines) == ({1: color} if color else {}, ())


def test_where_word_and_fill_differ_the_word_counts_and_the_difference_is_named():
    """Somebody typed Green and forgot the red ground, or the other way round."""
    claims = read_claims(Deck(deck(("Green", filled_with("C00000")))))

    assert dict(claims.colors) == {1: "Green"}
    assert claims.lines == ("row 1 of the earlier deck says `Green` on red ground; the word counts",)


@pytest.mark.parametrize(
    ("digits", "color"),
    [
        ("FF3B00", "Red"),  # 14 degrees
        ("FF4000", None),  # 15
        ("FF8C00", None),  # 33
        ("FF9100", "Yellow"),  # 34
        ("D5FF00", "Yellow"),  # 70
        ("CCFF00", None),  # 72
        ("BFFF00", "Green"),  # 75
        ("00FFBF", "Green"),  # 165
        ("00FFC4", None),  # 166
        ("FF0048", None),  # 343
        ("FF0044", "Red"),  # 344
        ("FFDBDB", "Red"),  # as little color as counts
        ("FFDCDC", None),
        ("400000", "Red"),  # as dark as counts
        ("3F0000", None),
    ],
)
def test_where_a_color_begins_and_ends(digits, color):
    """Between the three nothing is guessed."""
    claims = read_claims(Deck(deck(("", filled_with(digits)))))

    assert dict(claims.colors) == ({1: color} if color else {})


def test_remarks_come_with_the_deck_and_without_any_color_the_error_names_the_first(conditional, seal_log):
    """What was not compared is on the screen, and an earlier deck without a color says what stands there instead."""
    view = RunView.of(seal_log(conditional.events()))
    template = deck(("", plain), ("", plain))

    _data, told = filled(template, view, earlier=deck(("Green", plain), ("On track", plain)))
    assert told[-1] == "row 2 of the earlier deck says `On track`, which is no color"

    with pytest.raises(UsageError, match="claims no color: row 1 says `On track`, which is no color"):
        filled(template, view, earlier=deck(("On track", plain)))


def test_a_deck_without_a_design_has_no_colors_of_one():
    """Other programs leave the design out; a color that refers to it is then no claim."""
    slide = Deck(deck(("", plain))).slides[0]
    master = slide.slide.slide_layout.slide_master.part
    for key, related in list(master.rels.items()):
        if related.reltype.endswith("/theme"):
            assert slide.theme()["accent2"] == "C0504D"
            master.rels.pop(key)

    assert slide.theme() == {}
