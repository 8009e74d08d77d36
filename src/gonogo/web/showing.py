"""How a page is answered: filled in, with what the last action said, and with a state that tells its trouble."""

from __future__ import annotations

import re
from typing import Any, Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from gonogo.documents.files import real
from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.web.desk import ActionNotice, LocalDesk
from gonogo.web.page_templates import page
from gonogo.web.working import Trouble
from gonogo.workflow.exit_codes import MEANING, ExitCode

PLACES: Final = (("/", "Overview"), ("/files", "Files"), ("/questions", "Questions"), ("/run", "Run"))


def show(desk: LocalDesk, name: str, title: str, *, at: str = "", status: int = 200, **values: Any) -> Response:
    """Return a page.

    Args:
        desk: The open program.
        name: Of the template.
        title: Its heading.
        at: Address of the part that it belongs to.
        status: Of the answer.
        values: What the template shows.
    """
    program, marking = _names(desk)
    data = page(
        name,
        title=title,
        program=program,
        marking=marking,
        root=desk.keys.root,
        places=PLACES,
        at=at,
        form=desk.keys.form,
        by=desk.by,
        notice=desk.take_notice(),
        **values,
    )
    return HTMLResponse(data, status)


def show_trouble(desk: LocalDesk, title: str, trouble: Trouble, *, at: str = "") -> Response:
    """Return a page that says why there is nothing to show, and what that means."""
    return show(
        desk,
        "trouble.html",
        title,
        at=at,
        status=200,
        lines=trouble.sentences,
        end=end_words(trouble.exit_code),
    )


def end_words(code: int) -> str:
    """Return what an exit code means for the run of an assessment."""
    return f"Exit {code}: {re.split('; (?:for other|and `)', MEANING[ExitCode(code)])[0].rstrip('.')}."


def told(
    desk: LocalDesk,
    title: str,
    found: list[str] | Trouble,
    back: str,
    *,
    otherwise: str = "Not done",
    good: bool = True,
) -> Response:
    """Keep what an action had to say, and lead to the page that shows it: a form is never sent twice by a reload.

    Args:
        desk: The open program.
        title: What was done.
        found: What the action had to say, or why it was not done.
        back: The page that shows it.
        otherwise: What is said in place of ``title`` if it was not done.
        good: Whether what it had to say is what was asked for.
    """
    if isinstance(found, Trouble):
        title = "Interrupted" if found.interrupted else otherwise
        desk.notice = ActionNotice(title, found.sentences, good=False)
    else:
        desk.notice = ActionNotice(title, tuple(found), good=good)
    return RedirectResponse(f"{desk.keys.root}{back}", 303)


def _names(desk: LocalDesk) -> tuple[str, str]:
    """Return the program's name and marking; those of its folder where its file has mistakes."""
    try:
        identity = load_program(desk.program).program.identity
    except ConfigurationError:
        return real(desk.program).name, ""
    return identity.title or identity.id, identity.marking
