"""A line that is remembered by its shape is canonical; every other one is read, and none passes that is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.audit.canonical_lines import CanonicalLines, is_canonical
from gonogo.audit.chain import seal
from gonogo.model.event import GENESIS, AuditEvent, EventType

from .test_chain import NOON

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def line(data: dict[str, object], seq: int = 41) -> bytes:
    return seal(AuditEvent(type=EventType.GAP_RECORDED, run="r1", data=data), seq=seq, prev=GENESIS, ts=NOON)[1]


@pytest.fixture
def warm() -> CanonicalLines:
    """It has seen one line, with every kind of value."""
    found = CanonicalLines()
    assert found.holds(line({"a": "x", "b": [1, "y", {"c": None}], "d": True}))
    return found


def test_a_line_of_a_known_shape_is_canonical_whatever_it_says(warm: CanonicalLines) -> None:
    """Other words, another number of the record; a comma or a bracket in a string is no punctuation."""
    for text in ("", "z", "},{", ":", ",", "é—“”", "\x7f"):
        for seq in (0, 7, 123456):
            assert warm.holds(line({"a": text, "b": [1, text, {"c": None}], "d": True}, seq))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"a":"x"', b'"a": "x"'),
        (b'"a":"x"', b'"a":"\\u0078"'),
        (b'"a":"x"', b'"a":"\tx"'),
        (b'"a":"x"', b'"a":"\xff"'),
        (b'"a":"x"', b'"a":"\xed\xa0\x80"'),
        (b'"a":"x"', b'"c":"x"'),
        (b'"a":"x"', b'"b":"x"'),
        (b"[1,", b"[01,"),
        (b"[1,", b"[1.0,"),
        (b"[1,", b"[-0,"),
        (b"[1,", b"[1e0,"),
        (b"null", b"nil"),
        (b"true", b"NaN"),
        (b',"d":true', b',"d":true,"d":true'),
        (b',"d":true', b""),
    ],
)
def test_what_is_not_canonical_never_passes(warm: CanonicalLines, old: bytes, new: bytes) -> None:
    """Nor does it teach a shape: the second time it is asked it does not pass either."""
    whole = line({"a": "x", "b": [1, "y", {"c": None}], "d": True})
    bad = whole.replace(old, new, 1)

    assert bad != whole
    fits = new == b""  # a document of its own, and canonical
    assert [warm.holds(bad) for _ in range(2)] == [fits, fits]
    assert is_canonical(bad) == fits


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.text(max_size=3), VALUES, max_size=4), min_size=1, max_size=4), st.data())
def test_it_says_of_every_line_what_reading_it_says(documents: list[dict[str, object]], data: st.DataObject) -> None:
    """Of sound lines, and of the same with one byte changed, in whatever order they come."""
    seen = CanonicalLines()
    for document in documents:
        try:
            sound = line(document)
        except Exception:  # noqa: BLE001  # no canonical form: no line
            continue
        at = data.draw(st.integers(0, len(sound) - 200))
        byte = data.draw(st.sampled_from(b' "\\,:{}[]01a\x00\xff'))
        for each in (sound, sound[:at] + bytes([byte]) + sound[at + 1 :], sound):
            if each.endswith(sound[-180:]):  # its suffix is what the chain has checked
                assert seen.holds(each) == is_canonical(each)


def test_it_forgets_before_it_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million lines of as many shapes must not fill the memory."""
    import gonogo.audit.canonical_lines as room

    monkeypatch.setattr(room, "MOST", 3)
    found = CanonicalLines()
    for number in range(10):
        assert found.holds(line({f"k{number}": "x"}))
        assert len(found._known) <= 3
