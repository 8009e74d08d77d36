"""What a child was given in secret reaches no record, in whatever form its words bring it."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from gonogo.plugin.privacy.redact import redaction_of

SECRET = 'tök/en+ "7Q\\x'
DATA = SECRET.encode()
FORMS = {
    "plain": SECRET,
    "in a URL": quote(SECRET, safe=""),
    "in a URL, small letters": quote(SECRET, safe="").lower(),
    "in a form": quote_plus(SECRET),
    "in JSON": json.dumps(SECRET)[1:-1],
    "in Python": repr(SECRET)[1:-1],
    "in hexadecimal": DATA.hex(),
    "in hexadecimal, capitals": DATA.hex().upper(),
    **{f"in base64 after {lead} bytes": base64.b64encode(b"u" * lead + DATA + b"!").decode() for lead in range(6)},
    **{f"in base64 of URLs after {lead}": base64.urlsafe_b64encode(b"u" * lead + DATA).decode() for lead in range(3)},
}


@pytest.mark.parametrize("name", FORMS)
def test_a_secret_is_seen_and_hidden_in_every_form_that_it_commonly_takes(name: str) -> None:
    """Servers quote the request in their refusals, as they got it: a header in base64, an address with %2F or %2f."""
    redaction = redaction_of({"TOKEN": SECRET})
    said = f"401 for <{FORMS[name]}> at noon"

    told = redaction.line(said)

    assert redaction.leaks(said)
    assert told.startswith("401 for <")
    assert told.endswith("> at noon")
    assert "(hidden)" in told
    middle = len(FORMS[name]) // 2
    assert FORMS[name][middle - 3 : middle + 3] not in told


@pytest.mark.parametrize(("line", "hidden"), [("MIIEvQIBADAN", True), ("MIIEvQIB", True), ("MIIEvQI", False)])
def test_one_line_of_a_key_is_a_secret_where_it_is_long_enough(line: str, hidden: bool) -> None:
    """A library quotes the line of a key that it cannot read; a line of a few letters may be any word."""
    redaction = redaction_of({"KEY": f"-----BEGIN-----\n  {line}\n-----END-----\n"})

    assert redaction.leaks(f"cannot read {line} here") is hidden


@pytest.mark.parametrize("kept", range(4, 13))
def test_a_secret_that_was_cut_at_the_end_is_hidden_too(kept: int) -> None:
    """Messages are cut to a length, and half a token is most of a token."""
    redaction = redaction_of({"TOKEN": "s3cr3t-canary"})

    assert "s3cr" not in redaction.line(f"401 for {'s3cr3t-canary'[:kept]}")


QUOTED = {
    "a token": ("ghp_ZQ9x8y7w6v5u4t3s2r1q0", False),
    "a mail address": ("zora.quillfeather@agency.example", True),
    "a number of social security": ("219-09-9999", True),
    "a telephone number": ("(202) 555-0147", True),
}


@pytest.mark.parametrize(("text", "shown_of_nobody"), QUOTED.values(), ids=QUOTED)
def test_what_a_quoted_cell_says_of_somebody_reaches_no_gap(text: str, shown_of_nobody: bool) -> None:
    """A collector quotes the cell that it cannot read; most files about people are not marked yet."""
    sentence = f"plan.xer: activity A1: status_code is '{text}', which is not known"

    assert redaction_of({}).detail(sentence) == "plan.xer: activity A1: status_code is '(hidden)', which is not known"
    assert (redaction_of({}, unmarked=True).detail(sentence) == sentence) is shown_of_nobody


def test_a_key_that_is_a_token_is_hidden() -> None:
    """A column of tokens looks like a column of ids."""
    token = "ghp_ZQ9x8y7w6v5u4t3s2r1q0"

    assert redaction_of({}).keys([token, "IF-01"]) == ("(hidden)", "IF-01")


def test_ids_of_things_are_no_telephone_numbers() -> None:
    """Or nobody would find the requirement that a gap names."""
    sentence = "rtm.xlsx: FFM.010.010.0001 and WBS 1.2.3.4 are there twice"

    assert redaction_of({}).detail(sentence) == sentence
