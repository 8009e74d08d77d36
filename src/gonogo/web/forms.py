"""What a form sent: read up to a limit, each field once, and only with the secret of our own forms."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from gonogo.web.gatekeeper import SiteKeys, same

MOST_FORM: Final = 65_536
"""Bytes of a form without a file."""
MOST_UPLOAD: Final = 8_000_000
"""Bytes of a form with a workbook in it."""
FIELDS: Final = 20
MANY: Final = 4_000
"""Fields of a form that asks about each word of a table."""


class FormRefused(Exception):
    """What was sent is not taken; nothing was done."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form.

    Attributes:
        fields: What was typed, by the name of the field.
        file: What was uploaded; empty for nothing.
    """

    fields: dict[str, str]
    file: bytes = b""

    def text(self, name: str) -> str:
        """Return what was typed, without blanks around it; empty where there is nothing."""
        return self.fields.get(name, "").strip()


class _InMemory(MultiPartParser):
    """Keeps what is uploaded in memory, whose size is limited already: no file and no thread is made for it."""

    spool_max_size = MOST_UPLOAD + 1


async def read_form(request: Request, keys: SiteKeys, *, most: int = MOST_FORM, fields: int = FIELDS) -> SentForm:
    """Return what a form sent.

    Args:
        request: The request.
        keys: Of the site.
        most: How many bytes are read.
        fields: How many fields it may have.

    Raises:
        FormRefused: It is too large, cannot be read, or does not have the secret of our forms.
    """
    body = await _body(request, most)
    form = await _fields(request, body, fields)
    if not same(form.fields.get("form", ""), keys.form):
        raise FormRefused(403, "The form did not come from this page, so nothing was done. Open the page again.")
    return form


async def _body(request: Request, most: int) -> bytes:
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit()) or int(said) > most:
        raise FormRefused(413, f"What was sent is larger than {most:,} bytes, so nothing was read.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise FormRefused(413, f"What was sent is larger than {most:,} bytes, so nothing was read.")
    return bytes(body)


async def _fields(request: Request, body: bytes, most: int) -> SentForm:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(
                body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=most
            )
            return SentForm(_once(pairs))
        if kind == "multipart/form-data":
            return await _multipart(request, body)
    except (ValueError, KeyError, MultiPartException) as error:
        raise FormRefused(400, "What was sent cannot be read as a form, so nothing was done.") from error
    raise FormRefused(415, "What was sent is no form, so nothing was done.")


async def _multipart(request: Request, body: bytes) -> SentForm:
    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    parser = _InMemory(request.headers, whole(), max_files=1, max_fields=FIELDS, max_part_size=MOST_FORM)
    parsed = await parser.parse()
    try:
        pairs = [(name, value) for name, value in parsed.multi_items() if isinstance(value, str)]
        files = [value for _, value in parsed.multi_items() if isinstance(value, UploadFile)]
        return SentForm(_once(pairs), await files[0].read() if files else b"")
    finally:
        await parsed.close()


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a field is there twice")
    return dict(pairs)
