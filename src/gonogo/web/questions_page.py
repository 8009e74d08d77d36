"""What only people know: by the seat that is asked, answered on a page of its own or in the binding workbook."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.answered_form import asked_about, take_answers
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.confirming import questions_above
from gonogo.first_week.adding.one_binding import choices_of, look_at_binding, settle_binding
from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.drafts.questions_by_seat import KEEPER
from gonogo.first_week.unfilled import unfilled
from gonogo.model.program import Binding
from gonogo.text import seat_words
from gonogo.web.desk import LocalDesk
from gonogo.web.forms import MANY, MOST_FORM, MOST_UPLOAD, read_form
from gonogo.web.question_fields import given_in, question, rows_in
from gonogo.web.showing import show, show_trouble, told
from gonogo.web.working import Trouble

TITLE: Final = "Questions"
ANSWERS: Final = "Answer in detail"
_AT: Final = "/questions"
_WORKBOOK: Final = "bindings.xlsx"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """What is asked.

    Attributes:
        seats: Who is asked, with each binding that waits, its files and its questions.
        places: Places of the program's files that say FILL IN.
    """

    seats: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]
    places: tuple[str, ...]


def open_questions(program: Path) -> OpenQuestions:
    """Return what is asked, by the seat that owns what a file is about.

    Raises:
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program)
    adding, owners = Adding.begin(opened), opened.terms().owners
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for binding in opened.bindings:
        if binding.confirmed is not None:
            seat = next((owners[group] for group in _groups(binding) if group in owners), KEEPER)
            paths = ", ".join(path for entry in binding.inputs for path in entry.paths)
            asked = tuple(questions_above(adding, binding.id)) if binding.id in opened.files.places else ()
            found.setdefault(seat, []).append((binding.id, paths, asked))
    return OpenQuestions(
        tuple((_who(opened, seat), tuple(bindings)) for seat, bindings in found.items()),
        tuple(map(str, unfilled(opened.root))),
    )


def _groups(binding: Binding) -> list[str]:
    names = binding.settings.get("facts", {})
    full = [f"{binding.prefix}.{name}" if binding.prefix else str(name) for name in names]
    return [*(name.rpartition(".")[0] for name in full), binding.prefix or ""]


def _who(opened: OpenProgram, seat: str) -> str:
    day = opened.files.program.identity.local_date(opened.now)
    people = opened.files.people
    names = ", ".join(sorted(people.names[each] for each in people.holders(seat, day) if each in people.names))
    return f"{names} ({seat_words(seat)})" if names else seat_words(seat)


def questions_routes(desk: LocalDesk) -> list[Route]:
    """Return the list of questions, the page of one binding, and the workbook both ways."""

    async def questions(_request: Request) -> Response:
        found = desk.tried(lambda: open_questions(desk.program))
        if isinstance(found, Trouble):
            return show_trouble(desk, TITLE, found, at=_AT)
        return show(desk, "questions.html", TITLE, at=_AT, asked=found, most=MOST_UPLOAD // 1_000_000)

    async def one(request: Request) -> Response:
        found = desk.tried(lambda: look_at_binding(desk.program, request.path_params["name"], desk.clock()))
        if isinstance(found, Trouble):
            return show_trouble(desk, "One binding", found, at=_AT)
        return show(desk, "binding.html", "One binding", at=_AT, look=found)

    async def answer(request: Request) -> Response:
        form, name = await read_form(request, desk.keys), request.path_params["name"]

        desk.by = form.text("by")

        def settle() -> list[str]:
            if not form.text("seen"):
                raise UsageError("Nobody has looked at what it reads.", hint="open its page, and answer there")
            if form.text("answer") not in ("yes", "no"):
                raise UsageError("The answer is neither yes nor no.")
            reason = form.text("reason")
            if form.text("answer") == "no" and not reason:
                raise UsageError("No reason is given.", hint="say why its files are no evidence")
            return settle_binding(
                desk.program,
                name,
                by=form.text("by"),
                held=form.text("held"),
                no_evidence=reason if form.text("answer") == "no" else "",
                seen=form.text("seen"),
                rows=rows_in(form, choices_of(desk.program, name, desk.clock())),
                of_build={"yes": True, "no": False}.get(form.text("build")),
                now=desk.clock(),
            )

        found = desk.tried(settle)
        return told(desk, "Answered", found, f"/bindings/{name}" if isinstance(found, Trouble) else _AT)

    async def asked(request: Request) -> Response:
        found = desk.tried(lambda: asked_about(desk.program, request.path_params["name"], desk.clock()))
        if isinstance(found, Trouble):
            return show_trouble(desk, ANSWERS, found, at=_AT)
        return show(desk, "answers.html", ANSWERS, at=_AT, asked=found, questions=list(map(question, found.rows)))

    async def answers(request: Request) -> Response:
        form = await read_form(request, desk.keys, most=16 * MOST_FORM, fields=MANY)
        name, given = request.path_params["name"], dict[int, tuple[str, str]]()

        def take() -> list[str]:
            given.update(given_in(form, asked_about(desk.program, name, desk.clock()).rows))
            return take_answers(desk.program, name, given, seen=form.text("seen"), now=desk.clock())

        found = desk.tried(take)
        if isinstance(found, Trouble) and given:
            again = desk.tried(lambda: asked_about(desk.program, name, desk.clock()))
            if not isinstance(again, Trouble) and again.seen == form.text("seen"):
                told(desk, "Answered", found, _AT)
                rows = [question(row, given.get(number)) for number, row in enumerate(again.rows)]
                return show(desk, "answers.html", ANSWERS, at=_AT, asked=again, questions=rows)
        return told(desk, "Answered", found, f"/bindings/{name}/answers" if isinstance(found, Trouble) else _AT)

    async def workbook(_request: Request) -> Response:
        found = desk.tried(lambda: make_workbook_of(desk.program, desk.clock()))
        if isinstance(found, Trouble):
            return show_trouble(desk, "The binding workbook", found, at=_AT)
        headers = {"content-disposition": f'attachment; filename="{_WORKBOOK}"'}
        return Response(found[0], media_type=_XLSX, headers=headers)

    async def upload(request: Request) -> Response:
        form = await read_form(request, desk.keys, most=MOST_UPLOAD)
        return told(desk, "The binding workbook was read", desk.tried(lambda: _taken(desk, form.file)), _AT)

    return [
        Route(_AT, questions),
        Route(f"/{_WORKBOOK}", workbook),
        Route("/workbook", upload, methods=["POST"]),
        Route("/bindings/{name}", one),
        Route("/bindings/{name}", answer, methods=["POST"]),
        Route("/bindings/{name}/answers", asked),
        Route("/bindings/{name}/answers", answers, methods=["POST"]),
    ]


def _taken(desk: LocalDesk, data: bytes) -> list[str]:
    """Take an uploaded workbook, by way of a file of our own naming that is gone afterwards."""
    if not data:
        raise UsageError("No workbook was chosen.", hint="choose the filled-in workbook, then send it")
    with tempfile.TemporaryDirectory(prefix="gonogo-") as folder:
        path = Path(folder) / _WORKBOOK
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
        return bind(path, desk.program, desk.clock())
