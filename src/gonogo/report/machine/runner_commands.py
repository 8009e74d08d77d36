"""Which annotations a CI runner is given: the verdict first, then what blocks, then what a go depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Signal, Standing, accounts, signal
from gonogo.report.machine.notation import name_of, reasons, sentences, title_of
from gonogo.report.page import Page
from gonogo.report.view import RunView


class Level(StrEnum):
    """How loud an annotation is."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation; its texts are escaped for a log, and not yet for the runner's command.

    Attributes:
        level: How loud.
        code: The criterion, or ``gonogo.verdict``.
        title: In a few words.
        text: One sentence or more.
    """

    level: Level
    code: str
    title: str
    text: str


DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What no message of a workflow command may hold as it is; GitHub and Azure read the same escapes."""
VERDICT: Final = "gonogo.verdict"
_SIGNALS: Final = {
    Signal.GO: Level.NOTICE,
    Signal.CAUTION: Level.WARNING,
    Signal.CONDITIONAL: Level.WARNING,
    Signal.STOP: Level.ERROR,
}


def annotated(view: RunView, page: Page, name: str) -> Iterator[Annotation]:
    """Yield the verdict, then each open criterion, what blocks first: runners show the first ten of a step."""
    title = title_of(view, page)
    text = " ".join((*sentences(page), *reasons(view), f"This report is {name_of(view, name)}."))
    yield Annotation(_SIGNALS[signal(view)], VERDICT, title, text)
    order = (Standing.BLOCKS, Standing.WAIVED, Standing.ACCEPTED, Standing.PLANNED, Standing.SHADOW, Standing.ADVISORY)
    opened = [account for account in accounts(view) if account.standing.open]
    for account in sorted(opened, key=lambda each: order.index(each.standing)):
        blocks, decides = account.standing is Standing.BLOCKS, account.standing.condition
        level = Level.ERROR if blocks else Level.WARNING if decides else Level.NOTICE
        found = account.finding
        yield Annotation(level, found.criterion, escape(found.title), escape(account.with_owner))
