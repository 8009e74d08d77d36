"""Objects of JSON documents: what is of another type is refused, and never taken for absent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.documents.json_object import read_object
from gonogo.model.refusal import StructuralFault


def of(text: str):
    return read_object(text.encode(), "scan.json")


class TestValues:
    def test_each_kind_is_read_as_what_it_is(self):
        """Numbers keep every digit."""
        found = of('{"a": "x", "b": true, "c": 0.10, "d": {"e": 7}, "f": [{"g": "h"}], "i": ["j"], "k": null}')

        assert [found.text("a"), found.truth("b", absent=False), found.decimal("c")] == ["x", True, Decimal("0.10")]
        assert found.object("d").whole("e") == 7
        assert [entry.text("g") for entry in found.objects("f")] == ["h"]
        assert found.texts("i") == ["j"]
        assert [found.has("k"), found.has("a")] == [False, True]

    def test_what_is_absent_is_what_the_caller_says(self):
        """null is as absent; an empty list is not."""
        found = of('{"n": null, "empty": []}')

        assert [found.text("x"), found.text("n", "?"), found.whole("n"), found.object("n")] == ["", "?", None, None]
        assert [found.items("n"), found.items("empty")] == [None, []]
        assert found.truth("n", absent=True) is True

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ('{"a": 1}', lambda found: found.text("a")),
            ('{"a": "true"}', lambda found: found.truth("a", absent=True)),
            ('{"a": "1"}', lambda found: found.decimal("a")),
            ('{"a": true}', lambda found: found.decimal("a")),
            ('{"a": 1.5}', lambda found: found.whole("a")),
            ('{"a": []}', lambda found: found.object("a")),
            ('{"a": {}}', lambda found: found.items("a")),
            ('{"a": [1]}', lambda found: list(found.objects("a"))),
            ('{"a": [1]}', lambda found: found.texts("a")),
            ('{"a": 1}', lambda found: found.only({"b"})),
        ],
    )
    def test_another_type_is_refused_with_its_place(self, text, read):
        """A reader that skips it counts less than the document holds."""
        with pytest.raises(StructuralFault, match=r"scan\.json.*a"):
            read(of(text))


class TestDocuments:
    @pytest.mark.parametrize("text", ["[]", '"x"', "{", "", '{"a": NaN}', '{"a": 1, "a": 2}', '{"a": 1e99999999999}'])
    def test_what_is_no_plain_object_is_refused(self, text):
        """Two readers of a key that is there twice read two documents."""
        with pytest.raises(StructuralFault):
            of(text)

    @pytest.mark.parametrize(("digits", "fits"), [(39, True), (40, True), (41, False)])
    def test_a_number_has_at_most_forty_digits(self, digits, fits):
        """More is a mistake, or an attack on memory."""
        text = '{"a": ' + "9" * digits + "}"
        if fits:
            assert of(text).whole("a") == int("9" * digits)
        else:
            with pytest.raises(StructuralFault, match="too many digits"):
                of(text)
