"""Base64 in one form: two texts for the same bytes would be two documents with one meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gonogo.signing.base64_text import base64_of, read_base64


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
