"""The message in the form of each receiver. What a file says is text in all of them: no markup, no mention."""

from __future__ import annotations

import email.policy
import json
from email.message import EmailMessage
from typing import Any, Final

from gonogo.notify.news import News
from gonogo.report.escape import escape, visible

_SLACK_LETTERS: Final = 2900
"""A text block of Slack holds 3,000."""
_TEAMS_BYTES: Final = 20_000
"""Teams refuses a message of 28 KB, and some were refused from 21 KB on."""
_TEAMS_LETTERS: Final = 200
"""Letters of the line at which a message is cut: with all escapes they are far below what is left."""
_CUT: Final = " … (cut: see the report)"


def webhook(news: News) -> bytes:
    """Return the message as JSON for a program of your own."""
    return _json(
        {
            "schema": 1,
            "program": news.program,
            "release": news.release,
            "run": news.run,
            "verdict": news.verdict,
            "kind": news.kind,
            "go_live": news.go_live,
            "worse": news.worse,
            "changes": list(news.lines),
            "more": news.more,
        }
    )


def slack(news: News) -> bytes:
    """Return a message for an incoming webhook of Slack; plain text knows neither mentions nor links."""
    text = _cut(_plain(news.text), _SLACK_LETTERS)
    block = {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
    quoted = _plain(news.subject).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _json({"text": quoted, "blocks": [block]})


def teams(news: News) -> bytes:
    """Return an adaptive card for a workflow of Teams; runs of rich text are not read as Markdown."""
    subject, *rest = _plain(news.text).split("\n")
    kept: list[str] = []
    for line in rest:
        if len(_card(subject, [*kept, line])) > _TEAMS_BYTES:
            kept.append(f"{line[:_TEAMS_LETTERS]}{_CUT}")
            break
        kept.append(line)
    return _card(subject, kept)


def _card(subject: str, lines: list[str]) -> bytes:
    head = {"type": "TextRun", "text": subject, "weight": "Bolder", "size": "Large"}
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [_rich(head), *(_rich({"type": "TextRun", "text": line}) for line in lines)],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return _json({"type": "message", "attachments": [attachment]})


def mail(news: News, sender: str, recipients: tuple[str, ...]) -> EmailMessage:
    """Return a mail in plain text.

    Raises:
        ValueError: An address cannot stand in a header.
    """
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Subject"] = visible(news.subject)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{_plain(news.text)}\n")
    return message


def _rich(run: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [run]}


def _plain(text: str) -> str:
    """Return text with everything written out that has no shape of its own, line by line."""
    return "\n".join(escape(line) for line in text.split("\n"))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}{_CUT}"


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=True).encode()
