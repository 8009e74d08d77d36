"""Canonical bytes: one form for each value, and a reader that accepts nothing else."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gonogo.errors import CanonicalError, DocumentError
from gonogo.model.canonical import (
    MAX_DEPTH,
    MAX_INTEGER,
    canonical_bytes,
    decimal_text,
    digest,
    fraction_text,
    instant_text,
    read_decimal,
    read_instant,
    read_json,
    within_limits,
)

ASCII_KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ASCII_KEYS, inner, max_size=4), max_leaves=20
)
DECIMALS = st.builds(
    lambda sign, whole, places: Decimal((sign, tuple(int(digit) for digit in str(whole)), -places)),
    st.sampled_from([0, 1]),
    st.integers(0, 10**18 - 1),
    st.integers(0, 18),
)


def nested(depth: int) -> object:
    """Return an empty list inside ``depth`` lists."""
    value: object = []
    for _ in range(depth):
        value = [value]
    return value


class TestCanonicalBytes:
    @given(DOCUMENTS)
    def test_they_are_those_of_the_reference_implementation(self, document):
        """Anybody with an RFC 8785 library can recompute a digest of ours."""
        assert canonical_bytes(document) == rfc8785.dumps(document)

    @given(DOCUMENTS)
    def test_what_is_written_reads_back_equal(self, document):
        """A log that reads back as something else would be judged as something else."""
        assert read_json(canonical_bytes(document)) == document

    @given(st.dictionaries(ASCII_KEYS, SCALARS, min_size=2, max_size=6))
    def test_the_order_in_which_keys_were_set_does_not_matter(self, document):
        """Two hosts that fill a dictionary in another order must agree on the digest."""
        turned = dict(reversed(document.items()))

        assert digest(turned) == digest(document)

    @pytest.mark.parametrize("number", [0.5, 1.0, float("nan"), float("inf"), -0.0])
    def test_a_float_has_no_canonical_form(self, number):
        """A float prints differently from one library to the next; decimals travel as text."""
        with pytest.raises(CanonicalError, match="float"):
            canonical_bytes({"value": number})

    @pytest.mark.parametrize("number", [MAX_INTEGER + 1, -MAX_INTEGER - 1, 10**30])
    def test_an_integer_that_json_readers_would_round_is_refused(self, number):
        """2**53 and above lose digits in every reader that keeps numbers as doubles."""
        with pytest.raises(CanonicalError, match=r"2\*\*53"):
            canonical_bytes([number])

    @pytest.mark.parametrize("number", [MAX_INTEGER, -MAX_INTEGER])
    def test_the_largest_integers_are_written_exactly(self, number):
        """The limit itself is inside."""
        assert canonical_bytes(number) == str(number).encode()

    @pytest.mark.parametrize("key", ["\ud800", 1, None, True])
    def test_a_key_that_is_no_text_is_refused(self, key):
        """It has no bytes, or other ones in each reader."""
        with pytest.raises(CanonicalError, match=r"not text|no canonical form"):
            canonical_bytes({key: 1})

    @given(st.dictionaries(st.text(max_size=4), SCALARS, max_size=6))
    def test_keys_of_every_alphabet_are_written_as_the_standard_says_or_refused(self, document):
        """A file is called Störungen Zürich, a heading 備考; no key may sort otherwise in another reader."""
        try:
            found = canonical_bytes(document)
        except CanonicalError:
            by_units = sorted(document, key=lambda key: key.encode("utf-16-be"))
            assert sorted(document) != by_units
        else:
            assert found == rfc8785.dumps(document)

    @pytest.mark.parametrize(
        ("keys", "alike"),
        [
            (["größe", "zahl"], True),
            (["\uffff", "\ue000"], True),
            (["\U0001f389 potluck.xlsx", "größe"], True),
            (["\U00010000", "\ud7ff"], True),
            (["\U00010000", "\ue000"], False),
        ],
    )
    def test_keys_that_sort_otherwise_by_units_than_by_characters_are_refused(self, keys, alike):
        """Only a character beyond U+FFFF beside one from U+E000 on does; refused is better than two digests."""
        document = dict.fromkeys(keys, 1)
        if alike:
            assert canonical_bytes(document) == rfc8785.dumps(document)
        else:
            with pytest.raises(CanonicalError, match="do not sort alike everywhere"):
                canonical_bytes(document)

    def test_a_lone_surrogate_is_refused(self):
        """It has no UTF-8 form, so no bytes to hash."""
        with pytest.raises(CanonicalError, match="no canonical form"):
            canonical_bytes("\ud800")

    @pytest.mark.parametrize("value", [b"x", {1, 2}, Decimal(1), object(), datetime(2027, 4, 19, tzinfo=UTC)])
    def test_other_types_are_refused(self, value):
        """Nothing is converted on the way: the writer says in which text form."""
        with pytest.raises(CanonicalError, match="no canonical form"):
            canonical_bytes([value])

    def test_nesting_has_a_limit(self):
        """A bottomless document would end the process, not the run."""
        assert canonical_bytes(nested(MAX_DEPTH)) == b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)
        with pytest.raises(CanonicalError, match="deeper"):
            canonical_bytes(nested(MAX_DEPTH + 1))

    def test_true_and_one_have_different_bytes(self):
        """They compare equal in Python; in a record they are two different statements."""
        assert digest([True]) != digest([1])


class TestReadJson:
    @pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": {"b": 1, "b": 1}}', r'{"a": 1, "\u0061": 2}'])
    def test_a_key_that_stands_twice_is_refused(self, text):
        """One reader takes the first, another the last: both would be right about what was signed."""
        with pytest.raises(DocumentError, match="twice"):
            read_json(text.encode())

    @pytest.mark.parametrize("text", ["0.95", "1e3", "1E400", "-0.0", '{"a": [1.5]}'])
    def test_a_number_with_fraction_or_exponent_is_refused(self, text):
        """It would pass through a float before anybody sees it."""
        with pytest.raises(DocumentError, match="decimal is written as a string"):
            read_json(text.encode())

    @pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", '{"a": NaN}'])
    def test_what_is_not_a_number_is_refused(self, text):
        """Python's own reader accepts these by default."""
        with pytest.raises(DocumentError, match="not a number"):
            read_json(text.encode())

    @pytest.mark.parametrize("brackets", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1])
    @pytest.mark.parametrize("around", ["[{}]", '["]}[{", {}]', '["\\\\\\"[[", {}]'])
    def test_nesting_has_a_limit_whatever_texts_say(self, brackets, around):
        """Brackets in a text are no levels, and as many beside each other as a record has are none either."""
        text = around.replace("{}", '{"a": ' * (brackets - 1) + "0" + "}" * (brackets - 1))
        wide = f"[{text}, {', '.join(['[]'] * MAX_DEPTH)}]" if brackets < MAX_DEPTH else text
        if brackets > MAX_DEPTH:
            with pytest.raises(DocumentError, match="deeper than 64"):
                read_json(wide.encode())
        else:
            assert read_json(wide.encode()) == json.loads(wide)

    @pytest.mark.parametrize("text", [str(MAX_INTEGER + 1), "9" * 17, "-" + "9" * 5000])
    def test_an_integer_of_too_many_digits_is_refused(self, text):
        """Also one so long that converting it would be an attack."""
        with pytest.raises(DocumentError, match="digits"):
            read_json(text.encode())

    @pytest.mark.parametrize(
        "data",
        [b"", b"\xff", b"\xef\xbb\xbf{}", b"{} {}", b"{'a': 1}", b'{"a": 01}', b'"\t"', b"\x00", "{}".encode("utf-16")],
    )
    def test_anything_but_one_json_document_in_utf_8_is_refused(self, data):
        """Half a document, two of them, another encoding: never a guess."""
        with pytest.raises(DocumentError, match="this document"):
            read_json(data)

    @pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 65 + b"]" * 65])
    def test_deep_nesting_is_refused_before_it_is_parsed(self, data):
        """The parser's recursion must not be the limit."""
        with pytest.raises(DocumentError, match="nested"):
            read_json(data)

    def test_brackets_inside_text_are_not_nesting(self):
        """A person may write as many brackets as they like."""
        document = {"note": "[" * 200 + '"\\' + "{" * 200}

        assert read_json(json.dumps(document).encode()) == document

    def test_the_sentence_names_the_document(self):
        """The reader of the message must know which of many inputs it means."""
        with pytest.raises(DocumentError, match="reply of sit"):
            read_json(b"{", what="the reply of sit")


class TestDecimals:
    @given(DECIMALS)
    def test_a_decimal_survives_its_text_form(self, number):
        """Money must arrive as it left, to the last cent."""
        assert read_decimal(decimal_text(number)) == number

    @given(DECIMALS, st.integers(0, 3))
    def test_equal_decimals_have_one_text(self, number, zeros):
        """1.5 and 1.500 are one amount and must have one digest."""
        digits = number.as_tuple()
        padded = Decimal((digits.sign, digits.digits + (0,) * zeros, int(digits.exponent) - zeros))

        assert decimal_text(padded) == decimal_text(number)

    @pytest.mark.parametrize(
        ("number", "text"),
        [("1E+3", "1000"), ("-0", "0"), ("-0.00", "0"), ("0.10", "0.1"), ("1E-18", "0.000000000000000001")],
    )
    def test_there_is_no_exponent_no_trailing_zero_and_no_minus_zero(self, number, text):
        """The forms in which Python would print them vary."""
        assert decimal_text(Decimal(number)) == text

    @pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+18", "1E-19", "1E+999999"])
    def test_what_has_no_text_form_is_refused(self, number):
        """Not finite, or beyond 18 digits on either side of the point."""
        with pytest.raises(CanonicalError):
            decimal_text(Decimal(number))

    @pytest.mark.parametrize(
        "text",
        ["", " 95", "95 ", "95\n", "+95", "095", "1_000", "1,000", "1e3", "٣", ".5", "5.", "NaN", "inf", "--1", "0x10"],
    )
    def test_only_plain_digits_are_a_number(self, text):
        """Each of these is accepted by something that reads numbers; here none of them is."""
        with pytest.raises(ValueError, match="not a decimal"):
            read_decimal(text)

    @given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
    def test_a_fraction_is_written_within_half_a_unit_of_the_last_place(self, part, whole):
        """What people read is rounded once, half-even, at the eighteenth decimal."""
        value = Fraction(part, whole)

        assert abs(Fraction(fraction_text(value)) - value) <= Fraction(1, 2 * 10**18)


class TestInstants:
    @given(
        st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),  # noqa: DTZ001 - the zone comes from the next line
        st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
    def test_an_instant_survives_its_text_form_in_utc(self, local, zone):
        """The same moment has the same bytes, no matter which clock it was read from."""
        moment = local.replace(tzinfo=zone)

        text = instant_text(moment)

        assert read_instant(text) == moment
        assert text == instant_text(moment.astimezone(UTC))

    def test_the_form_is_fixed(self):
        """Six decimals and Z, always."""
        moment = datetime(2027, 4, 19, 12, tzinfo=timezone(timedelta(hours=-4)))

        assert instant_text(moment) == "2027-04-19T16:00:00.000000Z"

    def test_an_instant_without_a_zone_is_refused(self):
        """Noon where? Guessing would move every age by hours."""
        with pytest.raises(CanonicalError, match="time zone"):
            instant_text(datetime(2027, 4, 19, 12))  # noqa: DTZ001 - the point of the test

    @pytest.mark.parametrize(
        "text",
        [
            "2027-04-19",
            "2027-04-19T16:00:00Z",
            "2027-04-19T16:00:00.000000+00:00",
            "2027-02-30T16:00:00.000000Z",
            "0000-01-01T00:00:00.000000Z",
            "2027-04-19T24:00:00.000000Z",
            "2027-04-19T23:59:60.000000Z",
            "2027-04-19 16:00:00.000000Z",
            "now",
        ],
    )
    def test_any_other_form_is_refused(self, text):
        """Two forms of one moment would have two digests."""
        with pytest.raises(ValueError, match=r"not an instant|day is out of range|year 0 is out of range|must be in"):
            read_instant(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (r'{"a": "\ud800"}', False),
        (r'{"a": "\udc00\ud800"}', False),
        (r'{"\uDBFF": 1}', False),
        (r'{"a": "\ud83d\ude00"}', True),
        (r'{"a": "\\ud800"}', True),
        (r'{"a": "\u00e9"}', True),
    ],
)
def test_half_a_character_is_refused(text, whole):
    """Some readers drop it, some replace it, some stop: nobody knows what the text says."""
    if whole:
        assert read_json(text.encode()) == json.loads(text)
    else:
        with pytest.raises(DocumentError, match="half a character"):
            read_json(text.encode())


class TestWithinLimits:
    @given(DOCUMENTS)
    def test_yes_means_that_the_bytes_are_those_that_would_be_written(self, document):
        """A record keeps the bytes of its line instead of writing them again, so a wrong yes would skip a check."""
        data = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        assert not within_limits(data) or canonical_bytes(json.loads(data)) == data

    @pytest.mark.parametrize(
        "data",
        [
            b'{"a":%d}' % (MAX_INTEGER + 1),
            '{"\ue000":1,"\U00010000":1}'.encode(),
            b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        ],
    )
    def test_what_is_refused_in_writing_is_never_within(self, data):
        """Each of the three is canonical JSON that another reader may take for something else."""
        assert not within_limits(data)

    @pytest.mark.parametrize(
        "data",
        [
            b'{"a":%d}' % (10**15 - 1),
            '{"a":"\u00e9"}'.encode(),
            b"[" * MAX_DEPTH + b"]" * MAX_DEPTH,
        ],
    )
    def test_what_is_usual_is_within(self, data):
        """Otherwise the bytes would be written again for nearly every record."""
        assert within_limits(data)
