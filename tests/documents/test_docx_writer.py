"""Word documents: well-formed, the same bytes each time, and made for people who do not see them."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from gonogo.documents.docx_writer import DocxWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVIL = 'a < b & "c" \x00 \ud800 </w:t> {{x}} \x1b[31m'


def made(*, title="Criteria", text="Text", marking="CUI"):
    writer = DocxWriter(title, language="en-US", marking=marking, made="2027-01-27")
    writer.heading(1, text)
    writer.heading(2, "Second")
    writer.paragraph(text)
    writer.table(text, ("Part", "Value"), [("one", text), ("two", "2\n3")])
    writer.table("Three", ("A", "B", "C"), [])
    return writer.to_bytes()


def parts(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def words(element):
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


@pytest.mark.parametrize("text", ["Text", EVIL, "", "x" * 5000])
def test_every_part_is_well_formed_whatever_people_wrote(text):
    """A document that a word processor repairs is one that nobody signs."""
    found = parts(made(title=text, text=text, marking=text))

    assert found.keys() == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/styles.xml",
        "word/_rels/document.xml.rels",
        "word/header1.xml",
        "word/footer1.xml",
    }


def test_every_part_has_a_type_and_every_relation_leads_to_one():
    """Word refuses a file of which it does not know a part."""
    found = parts(made())
    types = {each.get("PartName") for each in found["[Content_Types].xml"] if each.get("PartName")}
    related = {f"word/{each.get('Target')}" for each in found["word/_rels/document.xml.rels"]}
    related |= {each.get("Target") for each in found["_rels/.rels"]}

    assert {f"/{name}" for name in found if name.endswith(".xml") and name != "[Content_Types].xml"} == types
    assert related == {name.removeprefix("/") for name in types}


def test_equal_input_gives_equal_bytes():
    """Its digest can be noted."""
    assert made() == made()


def test_what_people_wrote_is_text():
    """No field, no link, no markup comes of it."""
    document = parts(made(text=EVIL))["word/document.xml"]

    assert 'a < b & "c" \\u0000 \\ud800 </w:t> {{x}} \\u001b[31m' in words(document)


def test_headings_have_the_styles_that_readers_move_by():
    """Large letters are no heading."""
    found = parts(made())
    used = [each.get(f"{W}val") for each in found["word/document.xml"].iter(f"{W}pStyle")]
    levels = {
        style.get(f"{W}styleId"): style.find(f".//{W}outlineLvl").get(f"{W}val")
        for style in found["word/styles.xml"].iter(f"{W}style")
        if style.find(f".//{W}outlineLvl") is not None
    }

    assert used == ["Title", "Heading1", "Heading2", "Caption", "Caption"]
    assert levels == {"Heading1": "0", "Heading2": "1", "Heading3": "2"}


def test_each_table_repeats_its_headings_and_says_what_it_shows():
    """A cell on the third page still has a question above it."""
    for table, said in zip(parts(made())["word/document.xml"].iter(f"{W}tbl"), ("Text", "Three"), strict=True):
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
        assert table.find(f".//{W}tblCaption").get(f"{W}val") == said
        assert table.find(f".//{W}tblDescription").get(f"{W}val") == said
        assert len(table.find(f"{W}tblGrid")) == len(list(rows[0].iter(f"{W}tc")))


def test_title_and_language_are_set():
    """A screen reader announces the one and speaks the other."""
    found = parts(made())
    core = {each.tag.rpartition("}")[2]: each.text for each in found["docProps/core.xml"]}

    assert (core["title"], core["language"], core["created"]) == ("Criteria", "en-US", "2027-01-27T00:00:00Z")
    assert {each.get(f"{W}val") for each in found["word/styles.xml"].iter(f"{W}lang")} == {"en-US"}


def test_the_marking_is_on_each_page():
    """What is made of marked files is marked, also on the second page."""
    found = parts(made())

    assert (words(found["word/header1.xml"]), words(found["word/footer1.xml"])) == ("CUI", "CUI")
