"""The assessment, run as the command runs it: recorded first, then shown with what its end means."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gonogo.errors import UsageError
from gonogo.program.program_file import load_program
from gonogo.web.desk import LocalDesk
from gonogo.web.forms import read_form
from gonogo.web.showing import end_words, show, show_trouble, told
from gonogo.web.working import Trouble
from gonogo.workflow.log_keys import signer_named
from gonogo.workflow.order import Order

TITLE: Final = "Run"
_AT: Final = "/run"


def run_routes(desk: LocalDesk) -> list[Route]:
    """Return the page with the form, and what it sends."""

    async def ask(_request: Request) -> Response:
        found = desk.tried(lambda: [each.id for each in load_program(desk.program).program.releases])
        if isinstance(found, Trouble):
            return show_trouble(desk, TITLE, found, at=_AT)
        return show(desk, "run.html", TITLE, at=_AT, releases=found)

    async def run(request: Request) -> Response:
        form = await read_form(request, desk.keys)
        found = desk.tried(lambda: _assessed(desk, form.text("release")))
        if isinstance(found, Trouble):
            found = replace(found, sentences=(*found.sentences, end_words(found.exit_code)))
        return told(desk, "The run is recorded", found, _AT, otherwise="The run reached no verdict")

    return [Route(_AT, ask), Route(_AT, run, methods=["POST"])]


def _assessed(desk: LocalDesk, release: str) -> list[str]:
    """Run the assessment and return what its end means; the report says the rest."""
    known = [each.id for each in load_program(desk.program).program.releases]
    if release and release not in known:
        raise UsageError("The program has no such release.", hint="choose one of those that the page shows")
    result = desk.assess(Order(program=desk.program, release=release or None, signer=signer_named(None)))
    decision = result.assessment.decision
    return [
        result.assessment.kind.sentence,
        end_words(result.exit_code),
        f"Verdict: {decision.verdict}; without waivers: {decision.without_waivers}.",
        f"Run {result.run}.",
    ]
