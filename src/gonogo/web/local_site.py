"""The site as one application: pages behind the gatekeeper, and answers to what goes wrong."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from gonogo.web.desk import LocalDesk
from gonogo.web.files_page import files_routes
from gonogo.web.forms import FormRefused
from gonogo.web.gatekeeper import Gatekeeper
from gonogo.web.overview_page import overview_routes
from gonogo.web.page_templates import style
from gonogo.web.questions_page import questions_routes
from gonogo.web.run_page import run_routes
from gonogo.web.showing import show


def local_site(desk: LocalDesk, address: str) -> ASGIApp:
    """Return the application for one program.

    Args:
        desk: The open program.
        address: The only name by which it may be asked: ``127.0.0.1:41234``.
    """

    async def sheet(_request: Request) -> Response:
        return Response(style(), media_type="text/css; charset=utf-8")

    def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, FormRefused)
        return show(desk, "refused.html", "Refused", status=error.status, sentence=error.sentence)

    def missing(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return show(
            desk, "refused.html", "Not here", status=error.status_code, sentence="There is no such page, or not so."
        )

    def defect(_request: Request, _error: Exception) -> Response:
        sentence = (
            "This is a defect of gonogo; the terminal shows more. Please report it. No verdict follows from this page."
        )
        return show(desk, "refused.html", "A defect", status=500, sentence=sentence)

    routes = [
        *overview_routes(desk),
        *files_routes(desk),
        *questions_routes(desk),
        *run_routes(desk),
        Route("/style.css", sheet),
    ]
    site = Starlette(routes=routes, exception_handlers={FormRefused: refused, HTTPException: missing, 500: defect})
    return Gatekeeper(site, desk.keys, address)
