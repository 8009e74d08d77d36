"""The form of each receiver: all of the message, text that obeys nobody, and no more than the receiver takes."""

from __future__ import annotations

import json

import pytest

from gonogo.notify.news import News
from gonogo.notify.payloads import _SLACK_LETTERS, _TEAMS_BYTES, mail, slack, teams, webhook

NEWS = News("p", "R1", "run-7", "NO-GO", "Daily run.", "2027-05-03", worse=True, lines=("a & <b>\x1b[31m", "c"), more=2)
CUT = " … (cut: see the report)"


def plain(data):
    return json.loads(data)["blocks"][0]["text"]


def test_a_program_reads_every_field():
    """A dashboard that misses `worse` colors a setback green."""
    assert json.loads(webhook(NEWS)) == {
        "schema": 1, "program": "p", "release": "R1", "run": "run-7", "verdict": "NO-GO", "kind": "Daily run.",
        "go_live": "2027-05-03", "worse": True, "changes": ["a & <b>\x1b[31m", "c"], "more": 2,
    }  # fmt: skip


def test_slack_gets_all_of_it_as_plain_text_and_quotes_what_it_would_obey():
    """`<!channel>` calls everybody; in the line for notifications too."""
    news = News("<!here> & co", "R1", "r", "GO", "k", "g", worse=False, lines=("a & <b>",))

    answer = json.loads(slack(news))

    assert answer["text"] == "&lt;!here&gt; &amp; co R1: GO"
    assert plain(slack(news)) == {
        "type": "plain_text",
        "text": "<!here> & co R1: GO\nk\nGo-live: g\n- a & <b>",
        "emoji": False,
    }


@pytest.mark.parametrize(("over", "cut"), [(-1, False), (0, False), (1, True)])
def test_slack_takes_so_many_letters_and_is_told_what_is_cut(over, cut):
    """A message that is too long is refused whole, and nobody hears of the NO-GO."""
    empty = len(plain(slack(News("p", "R", "r", "GO", "k", "g", worse=False, lines=("x",))))["text"]) - 1
    news = News("p", "R", "r", "GO", "k", "g", worse=False, lines=("x" * (_SLACK_LETTERS - empty + over),))

    text = plain(slack(news))["text"]

    assert text.endswith(CUT) is cut
    assert len(text.removesuffix(CUT)) == min(_SLACK_LETTERS, _SLACK_LETTERS + over)


@pytest.mark.parametrize(("over", "cut"), [(-1, False), (0, False), (1, True)])
def test_teams_takes_so_many_bytes_and_is_told_what_is_cut(over, cut):
    """Teams refuses a message of 28 KB whole, and nobody hears of the NO-GO."""

    def news(letters):
        return News("p", "R", "r", "NO-GO", "k", "g", worse=True, lines=("x" * letters,))

    data = teams(news(_TEAMS_BYTES - len(teams(news(1))) + 1 + over))
    last = json.loads(data)["attachments"][0]["content"]["body"][-1]["inlines"][0]["text"]

    assert last.endswith(CUT) is cut
    assert len(data) <= _TEAMS_BYTES


@pytest.mark.parametrize("letter", ["x", "ä", "\U0001f6d1", "\x1b"])
def test_twenty_long_lines_of_any_letters_are_a_message_that_teams_takes(letter):
    """A letter beyond ASCII is six bytes or twelve; what comes first stays, and the cut is seen."""
    data = teams(News("p", "R", "r", "NO-GO", "k", "g", worse=True, lines=(letter * 2000,) * 20, more=3))
    texts = [block["inlines"][0]["text"] for block in json.loads(data)["attachments"][0]["content"]["body"]]

    assert len(data) < 24_000
    assert texts[:3] == ["p R: NO-GO", "k", "Go-live: g"]
    assert texts[-1].startswith("- ")
    assert texts[-1].endswith(CUT)


def test_teams_gets_the_subject_large_and_each_line_as_its_own_block():
    """A person sees the verdict before the list; nothing in a line is a link or a color."""
    body = json.loads(teams(NEWS))["attachments"][0]["content"]["body"]
    texts = [block["inlines"][0]["text"] for block in body]

    assert texts == ["p R1: NO-GO", "Daily run.", "Go-live: 2027-05-03", "- a & <b>\\u001b[31m", "- c",
                     "And 2 more: see the report."]  # fmt: skip
    assert (body[0]["inlines"][0]["weight"], body[0]["inlines"][0]["size"]) == ("Bolder", "Large")
    assert "weight" not in body[1]["inlines"][0]


def test_a_mail_says_who_wrote_it_and_that_no_person_did():
    """An absence note must not answer a machine, nor a machine an absence note."""
    message = mail(NEWS, "gate@x.example", ("a@x.example", "b@x.example"))

    assert (message["From"], message["To"], message["Subject"]) == (
        "gate@x.example",
        "a@x.example, b@x.example",
        "p R1: NO-GO",
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().split("\n")[:5] == ["p R1: NO-GO", "Daily run.", "Go-live: 2027-05-03",
                                                     "- a & <b>\\u001b[31m", "- c"]  # fmt: skip
