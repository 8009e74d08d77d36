"""Acceptances that count for less than their own export says, in words: a person signed less than the list names."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from gonogo.core.wording import percent_text
from gonogo.model.reply import Understated
from gonogo.report.view import RunView
from gonogo.report.words import count

_NAMED: Final = 3


def understated(view: RunView) -> tuple[Understated, ...]:
    """Return what is recorded of it, for acceptances that count."""
    counted = {review.id for review in view.decision.acceptances or () if review.counted}
    return tuple(one for reply in view.collectors for one in reply.understated or () if one.acceptance in counted)


def understated_forms(view: RunView) -> tuple[str, ...]:
    """Return the sentence of page one, in ever fewer words; nothing where no acceptance that counts says less."""
    found = understated(view)
    if not found:
        return ()
    many = len({one.acceptance for one in found})
    verb = "grants" if many == 1 else "grant"
    lead = f"{count(many, 'acceptance')} {verb} a smaller share than its own export names"
    lead = lead if many == 1 else lead.replace("its own export names", "their own exports name")
    forms = ([_words(one) for one in found], [_briefly(one) for one in found])
    most = min(_NAMED, len(found))
    return (
        _told(lead, forms[0], most),
        *(_told(lead, forms[1], number) for number in range(most, 0, -1)),
        f"{lead}: `gonogo report PROGRAM --full` lists them.",
    )


def _told(lead: str, named: Sequence[str], most: int) -> str:
    left = f"; and {len(named) - most} more" if len(named) > most else ""
    return f"{lead}: {'; '.join(named[:most])}{left}."


def _words(one: Understated) -> str:
    said, granted = (percent_text(Fraction(share)) for share in (one.share, one.granted))
    return f"{one.acceptance} ({one.item}) says {granted} of the {one.part}, {one.file} says {said}"


def _briefly(one: Understated) -> str:
    said, granted = (percent_text(Fraction(share)) for share in (one.share, one.granted))
    return f"{one.acceptance}, {granted} and not {said} of the {one.part}"


def understated_row(view: RunView, acceptance: str) -> str:
    """Return what the export says of the shares of one acceptance; empty where it names nothing larger."""
    found = [one for one in understated(view) if one.acceptance == acceptance]
    shares = [f"{percent_text(Fraction(one.share))} of the {one.part} ({one.file})" for one in found]
    return f"{'; '.join(shares)}; the acceptance counts with its own share" if shares else ""
