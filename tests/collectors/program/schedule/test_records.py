"""One XML document, whole and once: what another reader could read apart, or what is cut, is refused."""

from __future__ import annotations

import gc
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest

from gonogo.collectors.program.schedule.worktime import DAY_S, shifts_of
from gonogo.collectors.program.schedule.xml_records import CHUNK, MAX_FIELD, Record, RecordShape, read_records
from gonogo.plugin.spec import CollectorRefusal

SHAPE = RecordShape(
    fields=frozenset({"Name"}),
    records={
        "Task": RecordShape(fields=frozenset({"UID"}), streamed=True),
        "Note": RecordShape(fields=frozenset({"Text"})),
    },
)


def read(inside: str, *, after: str = "", root: str = "Project") -> tuple[Record, list[tuple[str, Record]]]:
    found: list[tuple[str, Record]] = []
    data = f"<{root} xmlns='urn:p'>{inside}</{root}>{after}".encode()
    top = read_records(
        BytesIO(data), namespace="urn:p", root="Project", shape=SHAPE, sink=lambda *entry: found.append(entry)
    )
    return top, found


def test_fields_records_and_streamed_records_are_read_and_the_rest_is_stepped_over():
    top, found = read(
        "<Name> Plan </Name><Other><Name>x</Name></Other><Task><UID>1</UID><Deep><UID>9</UID></Deep></Task>"
        "<Note><Text>a</Text></Note><Note><Text>b</Text></Note><Task><UID>2</UID></Task>"
    )

    assert top == {"Name": "Plan", "Note": [{"Text": "a"}, {"Text": "b"}]}
    assert found == [("Task", {"UID": "1"}), ("Task", {"UID": "2"})]


@pytest.mark.parametrize("after", ["<", "<!-- cut", "<Project xmlns='urn:p'></Project>", "rest", "<?pi"])
def test_nothing_but_blanks_may_follow_the_root(after: str):
    """A second root, or a download that broke off, is another document to another reader."""
    with pytest.raises(CollectorRefusal, match="not well-formed XML"):
        read("<Name>a</Name>", after=after)


def test_blanks_and_whole_comments_may_follow_it():
    assert read("<Name>a</Name>", after="\n<!-- made by a tool -->\n")[0] == {"Name": "a"}


@pytest.mark.parametrize("inside", ["<Name>a</Name><Name>b</Name>", "<Task><UID>1</UID><UID>2</UID></Task>"])
def test_a_field_that_is_written_twice_is_refused(inside: str):
    """Nobody should have to guess which of two floats counts."""
    with pytest.raises(CollectorRefusal):
        read(inside)


@pytest.mark.parametrize(("length", "whole"), [(MAX_FIELD - 1, True), (MAX_FIELD, True), (MAX_FIELD + 1, False)])
def test_a_field_has_a_largest_length(length: int, whole: bool):
    text = "<Name>" + "x" * length + "</Name>"

    if whole:
        assert len(read(text)[0]["Name"]) == length
    else:
        with pytest.raises(CollectorRefusal, match="Name holds"):
            read(text)


@pytest.mark.parametrize(("depth", "whole"), [(63, True), (64, True), (65, False)])
def test_elements_have_a_largest_depth(depth: int, whole: bool):
    """The root is the first level."""
    inside = "<a>" * (depth - 1) + "</a>" * (depth - 1)

    if whole:
        assert read(inside)[0] == {}
    else:
        with pytest.raises(CollectorRefusal, match="deep"):
            read(inside)


def test_a_document_longer_than_one_read_is_read_to_its_end():
    _top, found = read("<Task><UID>1</UID></Task>" * (CHUNK // 20))

    assert len(found) == CHUNK // 20


class Slow(BytesIO):
    """A stream that hands over a few bytes at a time."""

    most = 1

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.most if size is None or size < 0 else min(size, self.most))


@pytest.mark.parametrize("most", [1, 3, 10, 64])
def test_records_are_the_same_wherever_a_piece_of_the_document_ends(most: int):
    """A piece may end within a field, a record, or something that nobody reads."""
    inside = (
        "<Name> Plän </Name><Other><Name>x</Name><a><b/></a></Other><Task><UID>1</UID><Deep><UID>9</UID></Deep></Task>"
        "<Note><Text>a</Text><Other/></Note><Note><Text>b<!-- c -->c</Text></Note><Task><UID>2</UID></Task><Task/>"
    )
    found: list[tuple[str, Record]] = []
    stream = Slow(f"<Project xmlns='urn:p'>{inside}</Project>".encode())
    stream.most = most

    top = read_records(stream, namespace="urn:p", root="Project", shape=SHAPE, sink=lambda *entry: found.append(entry))

    assert (top, found) == read(inside)
    assert top == {"Name": "Plän", "Note": [{"Text": "a"}, {"Text": "bc"}]}
    assert found == [("Task", {"UID": "1"}), ("Task", {"UID": "2"}), ("Task", {})]


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<Name>a</Name><Name>b</Name>", "written twice"),
        ("<Name>a</Name><Name><b/></Name>", "written twice"),
        ("<Name>a<b/></Name>", "holds another element"),
        ("<Other>" + "<a>" * 70 + "</a>" * 70 + "</Other>", "deeper"),
        ("<include xmlns='http://www.w3.org/2001/XInclude'/>", "XInclude"),
    ],
)
@pytest.mark.parametrize("most", [1, 1000])
def test_what_is_refused_is_refused_in_pieces_too(inside: str, sentence: str, most: int):
    stream = Slow(f"<Project xmlns='urn:p'>{inside}</Project>".encode())
    stream.most = most

    with pytest.raises(CollectorRefusal, match=sentence):
        read_records(stream, namespace="urn:p", root="Project", shape=SHAPE, sink=lambda *_: None)


def test_what_nobody_reads_is_not_kept():
    """A file may hold a hundred times as much as anybody asks for."""
    inside = "<Other>" + "<a><b>x</b></a>" * 20_000 + "</Other>" + "<Task><UID>1</UID></Task>" * 20_000
    gc.collect()
    kept: list[int] = []

    class Watched(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            kept.append(sum(isinstance(each, Element) for each in gc.get_objects()))
            return super().read(min(size or 0, 10_000))

    stream = Watched(f"<Project xmlns='urn:p'>{inside}</Project>".encode())
    read_records(stream, namespace="urn:p", root="Project", shape=SHAPE, sink=lambda *_: None)

    assert max(kept) - kept[0] < 2_000


def test_another_root_is_refused():
    with pytest.raises(CollectorRefusal):
        read("", root="Other")


class TestShifts:
    @pytest.mark.parametrize(
        "pairs",
        [
            [(0, 1)],
            [(DAY_S - 1, DAY_S)],
            [(0, DAY_S)],
            [(0, 10), (10, 20)],
            [(10, 20), (0, 10)],
        ],
    )
    def test_a_day_is_filled_by_shifts_that_touch(self, pairs: list[tuple[int, int]]):
        assert shifts_of(pairs) == tuple(sorted(pairs))

    @pytest.mark.parametrize(
        "pairs",
        [[(5, 5)], [(6, 5)], [(0, DAY_S + 1)], [(-1, 5)], [(0, 10), (9, 20)], [(0, 20), (5, 10)]],
        ids=["empty", "backwards", "beyond the day", "before the day", "overlapping", "inside"],
    )
    def test_hours_that_are_none_or_count_twice_are_refused(self, pairs: list[tuple[int, int]]):
        """A float calculated from them is longer than any clock."""
        with pytest.raises(ValueError, match="overlap or run backwards"):
            shifts_of(pairs)
