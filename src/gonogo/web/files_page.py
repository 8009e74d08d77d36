"""The files of the program: how each stands, what one of them would say, and how it gets bound or set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gonogo.documents.files import inside
from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.checking import FileLook, check_file
from gonogo.first_week.adding.folder_status import folder_status, standing_by_name
from gonogo.first_week.adding.left_files import MayReplace, may_replace
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.standing_files import FileStanding, HowItStands
from gonogo.web.desk import LocalDesk
from gonogo.web.forms import SentForm, read_form
from gonogo.web.showing import show, show_trouble, told
from gonogo.web.working import Trouble

TITLE: Final = "Files"
_AT: Final = "/files"


def key_of(path: str) -> str:
    """Return what stands for a path in an address: what a browser sends is never used as the name of a file."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def listed_file(desk: LocalDesk, key: str) -> FileStanding:
    """Return the file of the list that is meant.

    Raises:
        UsageError: The list has no such file, or a link leads to it.
    """
    found = next((each for each in standing_by_name(desk.program) if key_of(each.path) == key), None)
    if found is None:
        raise UsageError("The list has no such file.", hint="it may have been moved; look at the list again")
    return found


def readable(desk: LocalDesk, file: FileStanding) -> bool:
    """Whether a file of the list is read when somebody looks at it: links are not followed, as everywhere."""
    path = desk.program / file.path
    return not path.is_symlink() and path.is_file() and inside(desk.program, file.path) is not None


def files_routes(desk: LocalDesk) -> list[Route]:
    """Return the list, the page of one file, and what can be done about it."""

    async def files(_request: Request) -> Response:
        found = desk.tried(lambda: folder_status(desk.program))
        if isinstance(found, Trouble):
            return show_trouble(desk, TITLE, found, at=_AT)
        groups = [
            (str(standing), [(key_of(each.path), each) for each in found if each.standing is standing])
            for standing in HowItStands
        ]
        return show(desk, "files.html", TITLE, at=_AT, groups=[each for each in groups if each[1]])

    async def one(request: Request) -> Response:
        found = desk.tried(lambda: _looked_at(desk, request.path_params["key"]))
        if isinstance(found, Trouble):
            return show_trouble(desk, "One file", found, at=_AT)
        return show(desk, "file.html", "One file", at=_AT, **found)

    async def bind(request: Request) -> Response:
        await read_form(request, desk.keys)
        return _done(desk, request, "Bound, to be confirmed", lambda path: add(desk.program, [path], now=desk.clock()))

    async def aside(request: Request) -> Response:
        form = await read_form(request, desk.keys)

        def settle(path: Any) -> list[str]:
            by, reason = form.text("by"), form.text("reason")
            desk.by = by
            if not by or not reason:
                raise UsageError("A reason and a name are needed.", hint="say why it is no evidence, and who says so")
            return add(desk.program, [path], reason=reason, by=by, now=desk.clock())

        return _done(desk, request, "Settled as no evidence", settle)

    async def instead(request: Request) -> Response:
        form = await read_form(request, desk.keys)

        def replace(path: Any) -> list[str]:
            found = may_replace(open_program(desk.program, desk.clock()), path.relative_to(desk.program).as_posix())
            if found is None:
                raise UsageError("No bound list has its headings any more.", hint="look at the file again")
            said = _said_columns(desk, form, found)
            by = form.text("by") if said else ""
            return add(desk.program, [path], replaces=found.binding, renamed=said, by=by, now=desk.clock())

        return _done(desk, request, "It is read in the place of the older file", replace)

    return [
        Route(_AT, files),
        Route("/files/{key}", one),
        Route("/files/{key}/bind", bind, methods=["POST"]),
        Route("/files/{key}/aside", aside, methods=["POST"]),
        Route("/files/{key}/instead", instead, methods=["POST"]),
    ]


def _said_columns(desk: LocalDesk, form: SentForm, found: MayReplace) -> list[str]:
    """Return what a person said of the headings that a file lacks, each as ``OLD=NEW``.

    Raises:
        UsageError: They left one out, or their name.
    """
    said: list[str] = []
    for number, each in enumerate(found.renamed):
        chosen = form.text(f"column{number}")
        if chosen not in each.offered:
            raise UsageError(f"Nobody said which column is `{each.old}`, so the file is not taken.")
        said.append(f"{each.old}={chosen}")
    desk.by = form.text("by") or desk.by
    if said and not form.text("by"):
        raise UsageError("A name is needed.", hint="say who says that the columns are the same")
    return said


def _done(desk: LocalDesk, request: Request, title: str, act: Callable[[Any], list[str]]) -> Response:
    key = request.path_params["key"]

    def work() -> tuple[list[str], bool]:
        file = listed_file(desk, key)
        if not readable(desk, file):
            raise UsageError("This file is not read here.", hint="links are not followed; put the file itself there")
        if not file.standing.asks:
            raise UsageError("This file stands otherwise by now.", hint="look at it again")
        lines = act(desk.program / file.path)
        return lines, not listed_file(desk, key).standing.asks

    found = desk.tried(work)
    if isinstance(found, Trouble) or found[1]:
        return told(desk, title, found if isinstance(found, Trouble) else found[0], f"/files/{key}")
    return told(desk, "It is as unknown as before", found[0], f"/files/{key}", good=False)


def _looked_at(desk: LocalDesk, key: str) -> dict[str, Any]:
    file = listed_file(desk, key)
    look: FileLook | None = None
    why = "It is not read here: links are not followed, and nothing outside of the program's folder is."
    if readable(desk, file):
        try:
            look, why = check_file(desk.program / file.path, program=desk.program, now=desk.clock()), ""
        except UsageError as error:
            why = str(error)
    opened = open_program(desk.program, desk.clock())
    readers = [each.id for each in opened.readers(file.path)]
    unknown = file.standing.asks and readable(desk, file)
    return {
        "file": file,
        "key": key,
        "look": look,
        "why": why,
        "readers": readers,
        "unknown": unknown,
        "replaces": may_replace(opened, file.path) if unknown else None,
        "ours": file.standing is HowItStands.UNKNOWN and look is not None,
    }
