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
from gonogo.documents.office.office_table import MOST_COLUMNS, MOST_ROWS, cell_of
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

    def test_a_slide_that_the_deck_does_not_list_is_not_read(self):
        """Programs leave deleted slides in the package."""
        assert len(read_slide_deck(packed(PARTS | {"ppt/slides/slide2.xml": PARTS[SLIDE]}), "deck.pptx").tables) == 1


class TestWord:
    @pytest.mark.parametrize(
        ("around", "fault"),
        [
            ("<w:ins w:id='1'>{}</w:ins>", "tracked changes"),
            ("<w:del w:id='1'>{}</w:del>", "tracked changes"),
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
        assert table.fault == ""

    def test_a_content_control_that_nobody_filled_in_is_blank(self):
        """*Click or tap to enter text* is no answer."""
        control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"

        [table], _ = read_word(document(ROWS, around=control), "text.docx")
        assert table.rows[1][1].lines == ()

    def test_struck_text_is_seen(self):
        """A struck target is none."""
        struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>old</w:t></w:r>{}"

        [table] = word_tables(document(ROWS, around=struck), "text.docx")
        assert (table.rows[1][1].struck, table.rows[1][0].struck) == (True, False)


def test_characters_that_print_nothing_are_no_text():
    """A cell of a zero-width space looks empty."""
    assert cell_of(["\u200b", "a\xa0 b\vc"]).lines == ("a b", "c")


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
