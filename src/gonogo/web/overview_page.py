"""The first page: the program, go-live, the last recorded verdict, and what is no longer as that run read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gonogo.errors import ConfigurationError
from gonogo.first_week.adding.folder_status import standing_by_name
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.report.formats.html_format import style_digest
from gonogo.report.words import count, local
from gonogo.web.changed_since import changed_since
from gonogo.web.desk import LocalDesk
from gonogo.web.last_run import LastRun, last_run
from gonogo.web.showing import show, show_trouble
from gonogo.web.working import Trouble
from gonogo.workflow.publishing import render_again

TITLE: Final = "Overview"


@dataclass(frozen=True, slots=True)
class ProgramToday:
    """The program as its files are now.

    Attributes:
        releases: Each with its go-live and the days that are left.
        waiting: Bindings that nobody has confirmed.
        bound: All bindings.
        mistakes: What is wrong with the program's files; nothing else is known then.
        changed: What the last run knew otherwise.
        unread: Files of the folder that no binding reads and that nobody has set aside.
    """

    releases: tuple[tuple[str, str], ...] = ()
    waiting: int = 0
    bound: int = 0
    mistakes: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unread: int = 0


def overview_routes(desk: LocalDesk) -> list[Route]:
    """Return the first page, and the report."""

    async def overview(_request: Request) -> Response:
        now = desk.clock()
        run = desk.tried(lambda: last_run(desk.program, now))
        today = desk.tried(lambda: program_today(desk, run, now))
        if isinstance(today, Trouble):
            return show_trouble(desk, TITLE, today, at="/")
        return show(desk, "overview.html", TITLE, at="/", run=run, today=today, **_which(run))

    async def report(_request: Request) -> Response:
        found = desk.tried(lambda: render_again(desk.program, "html"))
        if isinstance(found, Trouble):
            return show_trouble(desk, "The report", found)
        policy = f"default-src 'none'; style-src 'sha256-{style_digest()}'; base-uri 'none'; form-action 'none'"
        headers = {"content-security-policy": f"{policy}; frame-ancestors 'none'"}
        return Response(found, media_type="text/html; charset=utf-8", headers=headers)

    return [Route("/", overview), Route("/report", report)]


def _which(run: LastRun | tuple[str, ...] | Trouble) -> dict[str, bool]:
    return {"finished": isinstance(run, LastRun), "broken": isinstance(run, Trouble)}


def program_today(desk: LocalDesk, run: LastRun | tuple[str, ...] | Trouble, now: datetime) -> ProgramToday:
    """Return the program as its files are now, and what of them the last run knew otherwise."""
    try:
        loaded = load_program(desk.program)
    except ConfigurationError as error:
        return ProgramToday(mistakes=tuple(line for each in error.problems for line in str(each).splitlines()[:1]))
    bindings = loaded.program.bindings
    return ProgramToday(
        releases=tuple(_releases(loaded, now)),
        waiting=sum(each.confirmed is not None for each in bindings),
        bound=len(bindings),
        changed=changed_since(run.view, loaded) if isinstance(run, LastRun) else (),
        unread=sum(each.standing.asks for each in standing_by_name(desk.program)),
    )


def _releases(loaded: ProgramFiles, now: datetime) -> list[tuple[str, str]]:
    identity = loaded.program.identity
    found = []
    for release in sorted(loaded.program.releases, key=lambda each: each.go_live):
        days = (identity.local_date(release.go_live) - identity.local_date(now)).days
        passed = "; that moment has passed" if now >= release.go_live else ""
        left = f"in {count(days, 'day')}" if days > 0 else "today" if days == 0 else f"{count(-days, 'day')} ago"
        found.append((release.id, f"{local(release.go_live, identity.zone)}, {left}{passed}"))
    return found
