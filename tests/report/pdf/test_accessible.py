"""What a PDF with the mark of PDF/UA keeps: tags that old readers know, links in words, nothing drawn without a tag."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from gonogo.report.pdf.decoration import mark_decoration
from gonogo.report.pdf.finishing import finished
from gonogo.report.pdf.font_letters import FontLetters, letters_of

_NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
LETTERS = b"""1 beginbfchar <0003> <0020> endbfchar
2 beginbfrange <0041> <0043> <0061> <0050> <0051> [<00660069> <0078>] endbfrange"""


def drawn(content, **more):
    """A document of one page, with a font whose codes 41 to 43 are a to c."""
    document = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=document.make_stream(LETTERS), **more)
    page = document.add_blank_page().obj
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = document.make_stream(content)
    return document, page


def operators(page):
    return " ".join(str(each.operator) for each in pikepdf.parse_content_stream(page))


def test_a_font_says_which_letters_its_codes_are():
    """A ligature is two letters, a range counts up, and a code without a letter is not taken for a blank."""
    _document, page = drawn(b"")
    letters = letters_of(page.Resources.Font.F1)

    assert letters.text(b"\x00\x41\x00\x43\x00\x03\x00\x50\x00\x51") == "ac fix"
    assert letters.text(b"\x00\x44") == "\ufffd"
    assert letters_of(Dictionary(Subtype=Name.Type3)) == FontLetters(1, {})
    assert letters_of(Dictionary()).text(b"a") == "\ufffd"


@pytest.mark.parametrize(
    ("content", "after", "untagged"),
    [
        (b"0 0 5 5 re f", "BMC re f EMC", ""),
        (b"0 0 m 5 5 l S 0 0 5 5 re f", "BMC m l S EMC BMC re f EMC", ""),
        (b"0 0 5 5 re W n 1 1 2 2 re f*", "re W n BMC re f* EMC", ""),
        (b"0 0 9 9 re W n", "re W n", ""),
        (b"/P <</MCID 0>> BDC 0 0 5 5 re f EMC 0 0 2 2 re B", "BDC re f EMC BMC re B EMC", ""),
        (b"/Artifact BMC 0 0 5 5 re f EMC", "BMC re f EMC", ""),
        (b"BT /F1 1 Tf <0003> Tj ET", "BT Tf BMC Tj EMC ET", ""),
        (b"BT /F1 1 Tf <0041> Tj ET", "BT Tf BMC Tj EMC ET", "a"),
        (b"/P <</MCID 0>> BDC BT /F1 1 Tf <0041> Tj ET EMC", "BDC BT Tf Tj ET EMC", ""),
    ],
)
def test_what_is_drawn_without_a_tag_is_decoration(content, after, untagged):
    """A screen reader reads neither borders nor backgrounds; a word that it cannot reach is counted, not hidden."""
    _document, page = drawn(content)

    told = mark_decoration(pikepdf, page)

    assert (operators(page), told.untagged) == (after, untagged)


def test_the_words_of_a_tag_are_those_that_are_shown():
    """Two lines are two words; a piece inside another piece belongs to it."""
    content = b"/P <</MCID 7>> BDC BT /F1 1 Tf 1 0 0 1 0 9 Tm [<0041> -9 <0042>] TJ 1 0 0 1 0 5 Tm <0043> Tj"
    _document, page = drawn(content + b" /Span <</Lang (x)>> BDC <0043> Tj EMC ET EMC")

    assert dict(mark_decoration(pikepdf, page).words) == {7: "ab cc"}


def tagged(content, *kinds):
    """A printed document: an element of each kind around its piece of content."""
    document, page = drawn(content)
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    area = document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, StructParent=9, Dest=Name.top))
    elements = []
    for number, kind in enumerate(kinds):
        element = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name(kind), P=root, Pg=page, K=number))
        elements.append(element)
    page.StructParents = 0
    root.K = Array(elements)
    root.ParentTree = Dictionary(Nums=Array([0, Array(elements), 9, root]))
    document.Root.StructTreeRoot = root
    return document, elements, area


def after(document):
    stream = io.BytesIO()
    document.save(stream)
    return pikepdf.open(
        io.BytesIO(finished(stream.getvalue(), title="t", language="en-US", made=_NOON, accessible=True))
    )


def test_a_tag_that_came_with_pdf_2_has_a_role_that_older_readers_know():
    """PDF/UA-1 knows no Strong: without a role, readers leave it out or stop."""
    document, _elements, _area = tagged(b"", "/Strong", "/P")

    with after(document) as done:
        assert dict(done.Root.StructTreeRoot.RoleMap.items()) == {"/Strong": Name.Span}


def test_a_list_item_is_a_label_and_a_body_and_its_content_still_finds_its_tag():
    """Readers announce items by their bodies; the way back from content to tag is what a click uses."""
    document, (label, text, item), area = tagged(b"", "/Lbl", "/P", "/LI")
    item.K = Array([label, text, 2, Dictionary(Type=Name.OBJR, Obj=area)])
    document.Root.StructTreeRoot.K = item

    with after(document) as done:
        root = done.Root.StructTreeRoot
        first, body = root.K.K
        back = pikepdf.NumberTree(root.ParentTree)
        assert (first.S, body.S, body.P.objgen) == (Name.Lbl, Name.LBody, root.K.objgen)
        assert [str(kid.S) if isinstance(kid, Dictionary) and "/S" in kid else "" for kid in body.K] == ["/P", "", ""]
        assert {body.K[0].P.objgen, back[0][2].objgen, back[9].objgen} == {body.objgen}
        assert back[0][1].objgen == body.K[0].objgen


def test_a_figure_around_a_described_picture_is_a_group():
    """Only the picture has a description; a second figure without one is a picture that nobody can see."""
    document, (outer, inner, alone), _area = tagged(b"", "/Figure", "/Figure", "/Figure")
    inner.Alt = "Age of evidence"
    outer.K = Array([inner])
    document.Root.StructTreeRoot.K = Array([outer, alone])

    with after(document) as done:
        outer, alone = done.Root.StructTreeRoot.K
        assert [str(each.S) for each in (outer, outer.K[0], alone)] == ["/Div", "/Figure", "/Figure"]


@pytest.mark.parametrize(("shown", "words"), [(b"<00410042>", "ab"), (b"<0003>", "top")])
def test_a_link_says_what_is_shown_at_it(shown, words):
    """A list of links that are all called link helps nobody; one without words says where it leads."""
    content = b"/Link <</MCID 0>> BDC BT /F1 1 Tf " + shown + b" Tj ET EMC"
    document, (link,), area = tagged(content, "/Link")
    link.K = Array([0, Dictionary(Type=Name.OBJR, Obj=area)])

    with after(document) as done:
        assert str(done.Root.StructTreeRoot.K[0].K[1].Obj.Contents) == words


@pytest.mark.parametrize(("shown", "mark"), [(b"<0003>", "1"), (b"<0041>", None)])
def test_a_page_with_a_word_that_has_no_tag_gets_no_mark(shown, mark):
    """The mark says that a screen reader reaches every word."""
    document, _elements, _area = tagged(b"BT /F1 1 Tf " + shown + b" Tj ET", "/P")

    with after(document) as done, done.open_metadata() as said:
        assert said.get("pdfuaid:part") == mark
