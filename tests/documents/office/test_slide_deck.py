"""Hostile and damaged presentations and Word documents: each is refused by name, and none is read half."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.collectors.program.decks.made_decks import (
    core,
    deck,
    deck_parts,
    document,
    embedding,
    frame,
    packed,
    related,
    slide,
)

from gonogo.documents.office.office_package import MOST_XML
from gonogo.documents.office.office_table import MOST_COLUMNS, MOST_ROWS, OfficeCell, cell_of
from gonogo.documents.office.slide_deck import MOST_SLIDES, read_slide_deck
from gonogo.documents.office.word_tables import read_word, word_tables
from gonogo.model.refusal import SourceRefusal

ROWS = (("A", "B"), ("1", "2"))
PARTS = deck_parts(slide(frame(ROWS)))
SLIDE = "ppt/slides/slide1.xml"
ENTITIES = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"


def changed(**parts: str | bytes) -> bytes:
    return packed(PARTS | {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()})


def external(kind: str) -> bytes:
    return packed(PARTS | {"ppt/slides/_rels/slide1.xml.rels": related(("rId9", kind, "file:///srv/other.pptx"))})


def parts_of(data: bytes) -> dict[str, str]:
    """Return the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "is empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "protected by a password"),
            (b"%PDF-1.7", "is not a PPTX file"),
            (deck(slide(frame(ROWS)))[:-30], "truncated"),
            (document(ROWS), "its document is not ppt/presentation.xml"),
            (packed(PARTS | {SLIDE: ENTITIES + str(PARTS[SLIDE])}), "cannot be read"),
            (packed(PARTS | {"ppt/presentation.xml": ENTITIES + str(PARTS["ppt/presentation.xml"])}), "cannot be read"),
            (packed(PARTS | {"docProps/core.xml": ENTITIES + core()}), "cannot be read"),
            (packed(PARTS | {SLIDE: str(PARTS[SLIDE])[:-9]}), "cannot be read"),
            (packed(PARTS | {SLIDE: b"\x00" * 3_000_000}), "as a zip bomb does"),
            (packed(PARTS | {"ppt/media/a.xml": b"\x00" * 3_000_000}), "as a zip bomb does"),
            (packed(PARTS | {"../a.xml": b""}), "points outside"),
            (packed({name: part for name, part in PARTS.items() if name != SLIDE}), "lacks its part"),
            (deck(*[slide()] * (MOST_SLIDES + 1)), "the limit is 500"),
            (external("oleObject"), "takes its oleObject from another file"),
            (external("image"), "takes its image from another file"),
            (deck(slide(frame([("a",)] * (MOST_ROWS + 1)))), "more than 2000 rows"),
            (deck(slide(frame([["a"] * (MOST_COLUMNS + 1)]))), "or 60 columns"),
            (deck(slide("<a:tbl><a:tr><a:tc/></a:tr></a:tbl>")), "outside of any frame"),
            (embedding(b"PK\x03\x04 cut off"), "embedded Word document is truncated"),
            (
                packed(PARTS | {"ppt/_rels/presentation.xml.rels": related(("rId1", "slide", "x:/slides/slide1.xml"))}),
                "lists a slide that is not in it",
            ),
            (
                packed(
                    PARTS | {"ppt/_rels/presentation.xml.rels": related(*[("rId1", "slide", "slides/slide1.xml")] * 2)}
                ),
                "gives the id 'rId1' twice",
            ),
        ],
    )
    def test_a_hostile_or_damaged_deck_is_refused(self, data, sentence):
        """Bombs, entities, parts of other files, and archives that two programs read apart."""
        with pytest.raises(SourceRefusal, match=sentence):
            read_slide_deck(data, "deck.pptx")

    @pytest.mark.parametrize(
        ("data", "tables"),
        [
            (deck(*[slide()] * MOST_SLIDES), 0),
            (deck(slide(frame([("a",)] * MOST_ROWS))), 1),
            (deck(slide(frame([["a"] * MOST_COLUMNS]))), 1),
            (
                packed(
                    PARTS | {"ppt/_rels/presentation.xml.rels": related(("rId1", "slide", "/ppt/slides/slide1.xml"))}
                ),
                1,
            ),
            (packed({name: part for name, part in PARTS.items() if name != "docProps/core.xml"}), 1),
        ],
    )
    def test_a_deck_as_large_as_is_allowed_is_read(self, data, tables):
        """And one whose parts are named from the top, and one that does not say when it was saved."""
        assert len(read_slide_deck(data, "deck.pptx").tables) == tables

    @pytest.mark.parametrize(
        ("core_part", "saved"),
        [
            (core("2027-04-12T11:00:00-04:00"), "2027-04-12T15:00:00+00:00"),
            (
                core().replace(
                    "</dcterms:modified>",
                    "</dcterms:modified><dcterms:modified>2026-01-01T00:00:00Z</dcterms:modified>",
                ),
                None,
            ),
            (core("").replace("<dcterms:modified></dcterms:modified>", ""), None),
            (core("2027-04-12"), None),
        ],
    )
    def test_when_it_was_saved_is_one_moment_with_its_offset(self, core_part, saved):
        """Of two moments nobody knows the right one, and a time of no place is none."""
        found = read_slide_deck(changed(docProps__core_dot_xml=core_part), "deck.pptx").saved

        assert (found.isoformat() if found else None) == saved

    def test_a_slide_of_another_file_is_none_of_the_deck(self):
        """The presentation would show what the file does not hold; a list of masters is no list of slides."""
        for kind, target in (("slide", "file:///srv/slide1.xml"), ("slideMaster", "slides/slide1.xml")):
            listed = related(("rId1", kind, target))
            with pytest.raises(SourceRefusal, match="lists a slide that is not in it"):
                read_slide_deck(changed(ppt___rels__presentation_dot_xml_dot_rels=listed), "deck.pptx")

    def test_a_slide_that_is_listed_twice_is_refused(self):
        """Its table would count twice."""
        parts = deck_parts(slide(frame(ROWS)), slide())
        parts["ppt/_rels/presentation.xml.rels"] = str(parts["ppt/_rels/presentation.xml.rels"]).replace(
            "slide2", "slide1"
        )

        with pytest.raises(SourceRefusal, match="or one twice"):
            read_slide_deck(packed(parts), "deck.pptx")

    def test_a_part_that_is_too_large_is_not_parsed(self):
        """Below the limit of a bomb it may still fill the memory as a tree."""
        import os

        noise = f"<!--{os.urandom(MOST_XML // 2).hex()}-->"
        with pytest.raises(SourceRefusal, match="more than 16 MB"):
            read_slide_deck(packed(PARTS | {SLIDE: str(PARTS[SLIDE]) + noise}), "deck.pptx")

    def test_deep_nesting_ends_neither_in_a_crash_nor_in_a_table(self):
        """Fifty thousand groups, each in another."""
        deep = 50_000
        text = slide("<p:grpSp>" * deep + "</p:grpSp>" * deep)

        assert read_slide_deck(deck(text), "deck.pptx").tables == ()

    def test_a_link_that_a_reader_may_click_is_no_part_of_the_deck(self):
        """GSA's own template has one."""
        assert len(read_slide_deck(external("hyperlink"), "deck.pptx").tables) == 1

    def test_a_document_outside_of_the_package_is_none(self):
        """Its name alone is that of the part."""
        outside = related(("rId1", "officeDocument", "ppt/presentation.xml"))
        outside = outside.replace("Target=", "TargetMode='External' Target=")
        with pytest.raises(SourceRefusal, match=r"its document is not ppt/presentation\.xml"):
            read_slide_deck(packed(PARTS | {"_rels/.rels": outside}), "deck.pptx")

    def test_a_slide_that_the_deck_does_not_list_is_not_read(self):
        """Programs leave deleted slides in the package."""
        assert len(read_slide_deck(packed(PARTS | {"ppt/slides/slide2.xml": PARTS[SLIDE]}), "deck.pptx").tables) == 1


class TestSeen:
    @pytest.mark.parametrize(
        ("at", "fault"),
        [
            ((9143999, 0), ""),
            ((9144000, 0), "outside the slide"),
            ((0, 6857999), ""),
            ((0, 6858000), "outside the slide"),
            ((-499, 0), ""),
            ((-500, 0), "outside the slide"),
            ((0, -499), ""),
            ((0, -500), "outside the slide"),
        ],
    )
    def test_a_table_is_seen_where_some_of_it_is_on_the_slide(self, at, fault):
        """Left, right, above and below it; what was pushed aside may be of last year."""
        [table] = read_slide_deck(deck(slide(frame(ROWS, at=at))), "deck.pptx").tables

        assert (fault in table.fault, bool(table.fault)) == (True, bool(fault))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("<p:sldSz cx='9144000' cy='6858000'/>", ""),
            ("cx='9144000'", "cx='wide'"),
            ("cy='6858000'", "cy='1234567890123456789'"),
        ],
    )
    def test_where_the_deck_does_not_say_how_large_it_is_no_table_lies_outside(self, old, new):
        """Programs take a usual size then."""
        parts = deck_parts(slide(frame(ROWS, at=(9144000, 0))))
        parts["ppt/presentation.xml"] = str(parts["ppt/presentation.xml"]).replace(old, new)
        [table] = read_slide_deck(packed(parts), "deck.pptx").tables

        assert table.fault == ""

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("name='t'", "name='t' hidden='true'", "the table is hidden"),
            ("name='t'", "name='t' hidden='0'", ""),
            ("show='1'", "show='false'", "the slide is hidden"),
            ("show='1'", "", ""),
            ("show='1'", "show='true'", ""),
        ],
    )
    def test_hidden_is_what_the_deck_says_in_either_way(self, old, new, fault):
        """0 and false are one word."""
        [table] = read_slide_deck(deck(slide(frame(ROWS)).replace(old, new)), "deck.pptx").tables

        assert table.fault == fault

    def test_of_a_hidden_slide_the_embedded_document_is_hidden_too(self):
        """Its table is GSA's own place for the metrics."""
        with zipfile.ZipFile(io.BytesIO(embedding(document(ROWS)))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        [shown] = read_slide_deck(packed(parts), "deck.pptx").tables
        parts[SLIDE] = parts[SLIDE].replace(b"show='1'", b"show='0'")
        [hidden] = read_slide_deck(packed(parts), "deck.pptx").tables

        assert (shown.fault, hidden.fault) == ("", "the slide is hidden")
        assert shown.place == "deck.pptx, slide 1, the embedded Word document"

    @pytest.mark.parametrize(
        ("marks", "merged"),
        [
            ("gridSpan='1' rowSpan='0'", False),
            ("hMerge='0' vMerge='false'", False),
            ("gridSpan='2'", True),
            ("rowSpan='2'", True),
            ("hMerge='1'", True),
            ("vMerge='true'", True),
        ],
    )
    def test_a_cell_is_merged_where_it_says_so(self, marks, merged):
        """One row and one column is no merging."""
        [table] = read_slide_deck(deck(slide(frame(ROWS, marks=marks))), "deck.pptx").tables

        assert [cell.merged for row in table.rows for cell in row] == [False, False, False, merged]

    @pytest.mark.parametrize(
        ("run", "struck"),
        [
            ("<a:r><a:rPr strike='sngStrike'/><a:t>2</a:t></a:r>", True),
            ("<a:r><a:rPr strike='dblStrike'/><a:t>2</a:t></a:r>", True),
            ("<a:fld><a:rPr strike='sngStrike'/><a:t>2</a:t></a:fld>", True),
            ("<a:r><a:rPr strike='sngStrike'/><a:t> </a:t></a:r><a:r><a:t>2</a:t></a:r>", False),
            ("<a:r><a:rPr strike='noStrike'/><a:t>2</a:t></a:r>", False),
        ],
    )
    def test_text_is_struck_and_a_blank_is_not(self, run, struck):
        """A line through nothing takes nothing back."""
        text = slide(frame(ROWS)).replace("<a:r><a:rPr strike='noStrike'/><a:t>2</a:t></a:r>", run)
        [table] = read_slide_deck(deck(text), "deck.pptx").tables

        assert (table.rows[1][1].struck, table.rows[1][1].text) == (struck, "2")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("<a:t>2</a:t>", "<a:t>2</a:t><a:extLst><a:ext>9</a:ext></a:extLst>"),
            ("<a:txBody><a:p><a:r><a:rPr strike='noStrike'/><a:t>2<", "<a:txBody><a:t>9</a:t><a:br/><a:p><a:r><a:t>2<"),
        ],
    )
    def test_only_text_of_a_paragraph_is_text(self, old, new):
        """What no program shows is no figure."""
        text = slide(frame(ROWS)).replace(old, new)
        assert text != slide(frame(ROWS))
        [table] = read_slide_deck(deck(text), "deck.pptx").tables

        assert table.rows[1][1].lines == ("2",)

    def test_a_line_break_begins_another_line(self):
        """Several gaps in one cell are told apart by it."""
        text = slide(frame(ROWS)).replace("<a:t>2</a:t></a:r>", "<a:t>2</a:t></a:r><a:br/><a:r><a:t>3</a:t></a:r>")
        [table] = read_slide_deck(deck(text), "deck.pptx").tables

        assert table.rows[1][1].lines == ("2", "3")


class TestWord:
    @pytest.mark.parametrize(
        ("around", "fault"),
        [
            ("<w:ins w:id='1'>{}</w:ins>", "tracked changes"),
            ("<w:del w:id='1'>{}</w:del>", "tracked changes"),
            ("<w:moveTo w:id='1'>{}</w:moveTo>", "tracked changes"),
            (
                "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'/>{}",
                "a shape",
            ),
            ("<w:gridBefore w:val='1'/>{}", "begins or ends elsewhere"),
            ("<w:gridAfter w:val='1'/>{}", "begins or ends elsewhere"),
            ("<w:r><w:rPr><w:vanish w:val='true'/></w:rPr></w:r>{}", "hidden text"),
            ("<w:r><w:rPr><w:vanish w:val='off'/></w:rPr></w:r>{}", ""),
            ("<w:r><w:rPr><w:vanish/></w:rPr></w:r>{}", "hidden text"),
            ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr></w:r>{}", ""),
            ("{}</w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p>", "holds another table"),
        ],
    )
    def test_what_two_people_read_differently_is_a_fault_of_the_table(self, around, fault):
        """Word shows changes to one and the result to another."""
        [table] = word_tables(document(ROWS, around=around), "text.docx")

        assert (fault in table.fault, bool(table.fault)) == (True, bool(fault))

    def test_a_cell_over_several_columns_keeps_the_others_in_their_columns(self):
        """A title over two columns must not shift the third."""
        wide = document((("A", "B", "C"), ("1", "2")))
        wide = packed(
            {
                name: part.replace(
                    "<w:tc><w:p><w:r><w:t>1<", "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>1<"
                )
                for name, part in parts_of(wide).items()
            }
        )

        [table] = word_tables(wide, "text.docx")
        assert [(cell.text, cell.merged) for cell in table.rows[1]] == [("1", True), ("", True), ("2", False)]
        assert not any(cell.struck for cell in table.rows[1])
        assert table.fault == ""

    @pytest.mark.parametrize(
        ("marks", "merged", "cells"),
        [
            ("<w:gridSpan w:val='1'/>", False, 2),
            ("<w:gridSpan w:val='2'/>", True, 3),
            ("<w:gridSpan w:val='999'/>", True, 1000),
            ("<w:gridSpan w:val='1000'/>", False, 2),
            ("<w:gridSpan w:val='x'/>", False, 2),
            ("<w:vMerge/>", True, 2),
            ("<w:vMerge w:val='restart'/>", True, 2),
        ],
    )
    def test_a_cell_is_as_wide_as_it_says(self, marks, merged, cells):
        """A number of a thousand and more is none that Word writes."""
        parts = parts_of(document((("A", "B"),)))
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            "<w:tc><w:p><w:r><w:t>A<", f"<w:tc><w:tcPr>{marks}</w:tcPr><w:p><w:r><w:t>A<"
        )
        if cells > MOST_COLUMNS:
            with pytest.raises(SourceRefusal, match="or 60 columns"):
                word_tables(packed(parts), "text.docx")
            return
        [table] = word_tables(packed(parts), "text.docx")

        assert (table.rows[0][0].merged, len(table.rows[0]), table.rows[0][-1].text) == (merged, cells, "B")

    @pytest.mark.parametrize("around", ["sdt", "customXml", "smartTag"])
    def test_a_row_in_a_control_is_a_row(self, around):
        """Forms of an agency repeat rows so; the row must not be gone."""
        parts = parts_of(document(ROWS))
        begin, end = (f"<w:{around}>", f"</w:{around}>")
        if around == "sdt":
            begin, end = f"{begin}<w:sdtContent>", f"</w:sdtContent>{end}"
        head, _, rest = parts["word/document.xml"].rpartition("<w:tr>")
        row, _, tail = rest.partition("</w:tr>")
        parts["word/document.xml"] = f"{head}{begin}<w:tr>{row}</w:tr>{end}{tail}"
        [table] = word_tables(packed(parts), "text.docx")

        assert [[cell.text for cell in row] for row in table.rows] == [["A", "B"], ["1", "2"]]

    @pytest.mark.parametrize(
        ("mark", "lines"),
        [("br", ("a", "2")), ("cr", ("a", "2")), ("tab", ("a 2",)), ("noBreakHyphen", ("a-2",)), ("sym", ("a2",))],
    )
    def test_breaks_tabs_and_hyphens_are_text(self, mark, lines):
        """Two gaps on two lines are two."""
        [table] = word_tables(document(ROWS, around=f"<w:r><w:t>a</w:t><w:{mark}/></w:r>{{}}"), "text.docx")

        assert table.rows[1][1].lines == lines

    def test_a_content_control_that_nobody_filled_in_is_blank(self):
        """*Click or tap to enter text* is no answer."""
        control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"

        [table], _ = read_word(document(ROWS, around=control), "text.docx")
        assert table.rows[1][1].lines == ()

    @pytest.mark.parametrize(
        ("run", "struck"),
        [
            ("<w:rPr><w:strike/></w:rPr><w:t>old</w:t>", True),
            ("<w:rPr><w:dstrike w:val='1'/></w:rPr><w:t>old</w:t>", True),
            ("<w:rPr><w:strike w:val='0'/></w:rPr><w:t>old</w:t>", False),
            ("<w:rPr><w:strike/></w:rPr><w:t> </w:t>", False),
            ("<w:t>old</w:t>", False),
        ],
    )
    def test_struck_text_is_seen(self, run, struck):
        """A struck target is none; a line through a blank takes nothing back."""
        [table] = word_tables(document(ROWS, around=f"<w:r>{run}</w:r>{{}}"), "text.docx")

        assert (table.rows[1][1].struck, table.rows[1][0].struck) == (struck, False)


def test_characters_that_print_nothing_are_no_text():
    """A cell of a zero-width space looks empty."""
    assert cell_of(["\u200b", "a\xa0 b\vc"]) == OfficeCell(("a b", "c"), merged=False, struck=False)


@pytest.mark.parametrize("part", ["mc:AlternateContent", "p:graphicFrame", "a:p", "a:tc"])
def test_what_is_nested_deep_is_read_in_one_pass(part):
    """Each of ten thousand levels would otherwise read all below it again."""
    deep = 10_000
    nested = f"<{part}>" * deep + f"</{part}>" * deep
    table = f"<p:graphicFrame><a:tbl><a:tr><a:tc>{nested}</a:tc></a:tr></a:tbl></p:graphicFrame>"

    made = packed(PARTS | {SLIDE: slide(table, nested).encode()})
    assert len(read_slide_deck(made, "deck.pptx").tables) == 1


@pytest.mark.parametrize("part", ["w:tbl", "w:sdt", "w:p"])
def test_a_word_document_that_is_nested_deep_is_read_in_one_pass(part):
    """Tables in tables, controls in controls."""
    deep = 10_000
    nested = f"<{part}>" * deep + f"</{part}>" * deep

    assert len(word_tables(document(ROWS, around="{}" + nested), "text.docx")) == 1
