"""Base64 in one form: two texts for the same bytes would be two documents with one meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gonogo.signing.base64_text import base64_of, read_base64, read_either_base64


@given(some.binary(max_size=70))
def test_what_is_written_is_read(data):
    """For every length and its padding."""
    assert read_base64(base64_of(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        "Zh==",  # bits after the byte
        "Zg",
        "Zg=",
        "Zg===",
        "Zm9v\n",
        "Zm 9v",
        " Zm9v",
        "-_-_",
        "Zm9é",
        "Zg==Zg==",
        "Zm9v=",
    ],
)
def test_any_other_form_is_refused(text):
    """Decoders that skip what they do not know would take it."""
    with pytest.raises(ValueError, match=r"^not (canonical )?base64$"):
        read_base64(text)


@given(some.binary(max_size=70))
def test_either_alphabet_is_read_where_the_writer_may_choose(data):
    """DSSE: verifiers accept the standard and the URL-safe alphabet."""
    text = base64_of(data)

    assert read_either_base64(text) == read_either_base64(text.translate(str.maketrans("+/", "-_"))) == data


@pytest.mark.parametrize("text", ["-/-_", "+_+_", "-_-_=", "-_-", "Zh=="])
def test_no_mixture_of_the_two_is_read(text):
    """Nor missing padding: equal bytes stay two texts at most."""
    with pytest.raises(ValueError, match="base64"):
        read_either_base64(text)
