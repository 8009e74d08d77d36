"""Records of many equal forms, read by patterns: as the reader of any record reads them, and refused as it refuses."""

from __future__ import annotations

import random
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement

import pytest

from gonogo.collectors.program.schedule.plain_records import LONGEST, WORTH, PlainRecords
from gonogo.collectors.program.schedule.xml_records import Record, RecordShape, read_records
from gonogo.plugin.spec import CollectorRefusal

LINK = RecordShape(fields=frozenset({"PredecessorUID", "Type"}))
TASK = RecordShape(fields=frozenset({"UID", "Name", "Start"}), records={"Link": LINK}, streamed=True)
SHAPE = RecordShape(
    frozenset({"Title"}), {"Tasks": RecordShape(records={"Task": TASK}), "Notes": RecordShape(frozenset({"Text"}))}
)
MANY = WORTH + 20


def task(number: int, name: str = "A", *, links: int = 1) -> str:
    tied = "".join(f"<Link><Type>1</Type><PredecessorUID>{number - 1}</PredecessorUID></Link>\n" for _ in range(links))
    return (
        f"<Task>\n  <UID>{number}</UID><ID>7</ID>\n  <Name> {name} </Name>\n{tied}"
        f"<Deep><Start>x</Start></Deep><Start>2027-04-{number % 28 + 1:02}</Start></Task>\n"
    )


def tasks(*last: str) -> str:
    """Return so many tasks that the last ones fit a pattern, unless something is wrong with them."""
    return "<Tasks>\n" + "".join(task(number) for number in range(1, MANY)) + "".join(last) + "</Tasks>\n"


def outcome(inside: str | bytes, head: str = "", encoding: str = "utf-8") -> object:
    """Return what is read, or the sentence of the refusal."""
    found: list[tuple[str, Record]] = []
    body = inside if isinstance(inside, bytes) else inside.encode(encoding)
    data = f"{head}<Project xmlns='urn:p'>\n".encode() + body + b"</Project>"
    try:
        top = read_records(
            BytesIO(data), namespace="urn:p", root="Project", shape=SHAPE, sink=lambda *each: found.append(each)
        )
    except CollectorRefusal as refusal:
        return str(refusal)
    return top, found


def both(inside: str | bytes) -> object:
    """Return what is read, if that is the same as without any pattern, which a comment at the beginning keeps away."""
    found, ordinary = outcome(inside), outcome(inside, head="<!---->")
    assert found == ordinary
    return found


def test_records_of_one_form_do_not_reach_the_parser():
    """Otherwise nothing below says anything about patterns."""
    taken: list[object] = []

    def alone(root: Element) -> list[Record]:
        return [{field.tag.rpartition("}")[2]: field.text for field in each} for each in root[0]]

    plain = PlainRecords("urn:p", "Project", {"Tasks": "Task"}, alone, lambda *each: taken.append(each))
    plain.root = Element("{urn:p}Project")
    SubElement(plain.root, "{urn:p}Tasks")
    record = "<Task><UID>1</UID></Task>\n"
    data = f"<Project xmlns='urn:p'><Tasks>{record * MANY}</Tasks></Project>".encode()

    pieces = b"".join(plain.pieces(BytesIO(data)))

    assert taken == [("Task", {"UID": "1"})] * MANY
    assert pieces == b"<Project xmlns='urn:p'><Tasks>" + b"\n" * (MANY - 1) + b" " * 25 + b"\n</Tasks></Project>"


def test_fields_and_records_inside_are_those_of_the_ordinary_reader():
    top, found = both(f"<Title>T</Title>{tasks(task(500, 'Ü', links=2), task(501))}<Notes><Text>n</Text></Notes>")

    assert top == {"Title": "T", "Tasks": [{}], "Notes": [{"Text": "n"}]}
    assert found[-1] == (
        "Task",
        {"UID": "501", "Name": "A", "Link": [{"Type": "1", "PredecessorUID": "500"}], "Start": "2027-04-26"},
    )
    assert [record["UID"] for _, record in found] == [*map(str, range(1, MANY)), "500", "501"]


@pytest.mark.parametrize(
    "name",
    [
        *("R&amp;D", "&amp;lt;", "a &lt; b &gt; c", "&quot;&apos;", "&#65;", "a\rb", "a\r\nb", "", "a > b", "\x85"),
        *("<![CDATA[a</Task>]]>", "<!-- </Task> -->a", "<?pi </Task> ?>a", "\N{NO-BREAK SPACE}a\N{LINE SEPARATOR}"),
    ],
)
def test_a_text_says_the_same_however_it_is_written(name: str):
    read = both(tasks(task(500, name), task(501)))

    assert isinstance(read, tuple)
    assert len(read[1]) == MANY + 1


@pytest.mark.parametrize(
    "wrong",
    [
        task(500).replace("<ID>7</ID>", "<UID>7</UID>"),
        task(500, "<b/>"),
        task(500).replace("<Deep>", "<Deep>" + "<a>" * 70).replace("</Deep>", "</a>" * 70 + "</Deep>"),
        task(500).replace("<Deep>", '<i xmlns="http://www.w3.org/2001/XInclude"/><Deep>'),
        *(task(500, text) for text in ("\x01", "\ufffe", "\uffff", "&no;", "&#0;", "a & b", "a < b", "]]>")),
        *(task(500).replace("<ID>7", f"<ID>{text}") for text in ("\x0b", "\ufffe", "&amp", "&#2;")),
        task(500).replace("</Name>", "</Nome>"),
        task(500).replace("</Task>", ""),
        task(500).replace("</Task>", "</Task>&no;"),
        "</Tasks><Tasks>" + task(500) + "<!DOCTYPE a>",
        task(500).replace("\n", "\r") + "<",
        task(500).replace("\n", "\r\n") + "<",
    ],
)
@pytest.mark.parametrize("before", ["", task(400), task(400, links=3)])
def test_what_is_wrong_is_refused_with_the_same_sentence_and_place(wrong: str, before: str):
    """A reader finds it by line and column."""
    sentence = both(tasks(before, wrong, task(501)))

    assert isinstance(sentence, str)


def test_bytes_that_are_no_text_are_refused():
    assert "not well-formed" in str(both(tasks(task(500, "@")).encode().replace(b"@", b"\xff")))


@pytest.mark.parametrize(
    "hidden",
    [
        "<Tasks/><!-- <Tasks>{} -->",
        "<Tasks/><?pi <Tasks>{} ?>",
        "<Tasks/><Title><![CDATA[<Tasks>{}]]></Title>",
        "<Other><Tasks>{}</Tasks></Other>",
        "<Tasks xmlns='urn:other'><Tasks>{}</Tasks></Tasks>",
        "<Tasks><Task><UID>1</UID><Project><Tasks>{}</Tasks></Project></Task></Tasks>",
    ],
)
def test_what_only_looks_like_a_task_of_the_project_is_none(hidden: str):
    """The text of a comment, or of an inserted project, is no work of this one."""
    read = both(hidden.format(task(500) * 3))

    assert isinstance(read, tuple)
    assert len(read[1]) == hidden.count("<Task><UID>")


def test_elements_of_no_namespace_are_no_tasks():
    inside = tasks().encode()
    data = b"<p:Project xmlns:p='urn:p'>\n" + inside + b"</p:Project>"
    found: list[object] = []

    read_records(BytesIO(data), namespace="urn:p", root="Project", shape=SHAPE, sink=lambda *each: found.append(each))

    assert found == []


def test_another_encoding_is_read_as_the_document_declares_it():
    """Its bytes may be UTF-8 too, and say something else."""
    head = "<?xml version='1.0' encoding='ISO-8859-1'?>"

    read = outcome(tasks(task(500, "Ã¤")), head, "latin-1")

    assert isinstance(read, tuple)
    assert read[1][-1][1]["Name"] == "Ã¤"


@pytest.mark.parametrize(("length", "whole"), [(LONGEST - 1, True), (LONGEST, True), (LONGEST + 1, False)])
def test_a_field_has_a_largest_length_in_a_record_of_a_known_form_too(length: int, whole: bool):
    read = both(tasks(task(500, "x" * length), task(501)))

    assert (len(read[1]) == MANY + 1) if whole else "Name holds" in str(read)


@pytest.mark.parametrize("inside", ["<Link></Link>", "<Link/>", "<Name/>", "<Name />", "<Name></Name>", "text", ""])
def test_a_form_may_have_what_says_nothing(inside: str):
    row = "<Task><UID>{}</UID><Deep/>" + inside + "</Task>"

    read = both("<Tasks>" + "".join(row.format(number) for number in range(MANY)) + "</Tasks>")

    assert isinstance(read, tuple)
    assert [record["UID"] for _, record in read[1]] == [str(number) for number in range(MANY)]


def test_the_records_of_many_forms_come_in_their_order():
    """What stands above a task in the outline is told by the order alone."""
    chance = random.Random(4)
    rows = [
        task(number, chance.choice(["A", "B &amp; C", "&#68;"]), links=chance.randrange(4)) for number in range(900)
    ]

    read = both("<Tasks>" + "".join(rows) + "</Tasks>")

    assert isinstance(read, tuple)
    assert [record["UID"] for _, record in read[1]] == [str(number) for number in range(900)]
