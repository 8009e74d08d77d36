"""What a form may send: so many bytes, each field once, as forms are sent."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from tests.web.asked import Asker

from gonogo.web.forms import FIELDS, MOST_FORM, MOST_UPLOAD

KIND = "application/x-www-form-urlencoded"


def sent(asker: Asker, body: bytes, kind: str = KIND, **headers: str) -> int:
    """The state with which a form is answered; one that is taken gets 303."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asker.ask("POST", asker.at("/files/0/bind"), body, {"content-type": kind, **named}).status


def of_size(asker: Asker, size: int) -> bytes:
    """A form of so many bytes."""
    start = urlencode({"form": asker.desk.keys.form, "more": ""}).encode()
    return start + b"x" * (size - len(start))


@pytest.mark.parametrize(("more", "status"), [(-1, 303), (0, 303), (1, 413)])
def test_a_form_is_read_up_to_its_limit(week: Asker, more: int, status: int) -> None:
    """What is larger is nobody's answer, and would fill the memory."""
    assert sent(week, of_size(week, MOST_FORM + more)) == status
    assert sent(week, of_size(week, MOST_FORM + more), content_length="5") == status


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "٣", ""])
def test_a_size_that_is_no_number_is_refused_or_not_believed(week: Asker, length: str) -> None:
    """A form whose size nobody knows is counted while it comes."""
    assert sent(week, of_size(week, 200), content_length=length.encode().decode("latin-1")) == (413 if length else 303)


@pytest.mark.parametrize(("more", "status"), [(-3, 303), (-2, 303), (-1, 400)])
def test_a_form_has_so_many_fields(week: Asker, more: int, status: int) -> None:
    """Ours have six at most; the secret is one of them, and the last `more` is another."""
    fields = {f"f{number}": "" for number in range(FIELDS + more + 1)}

    assert sent(week, urlencode({"form": week.desk.keys.form, **fields}).encode()) == status


@pytest.mark.parametrize(("fields", "status"), [(FIELDS, 303), (FIELDS + 1, 400)])
def test_a_form_with_a_file_has_no_more_fields_than_another(week: Asker, fields: int, status: int) -> None:
    """Sent in parts, it is no way around the limit."""
    given = {"form": week.desk.keys.form, **{f"f{number}": "" for number in range(fields - 1)}}
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in given.items()
    )

    assert sent(week, f"{parts}--x--\r\n".encode(), "multipart/form-data; boundary=x") == status


def test_a_workbook_of_more_than_eight_million_bytes_is_not_read(week: Asker) -> None:
    """Its size is refused before a byte of it is kept."""
    assert MOST_UPLOAD == 8_000_000
    kind = {"content-type": "multipart/form-data; boundary=x", "content-length": "8000001"}

    assert week.ask("POST", week.at("/workbook"), b"", kind).status == 413


def test_what_is_no_form_is_refused(week: Asker) -> None:
    """Another kind, a part without an end, a field that is there twice, bytes that no form has."""
    form = urlencode({"form": week.desk.keys.form}).encode()
    parts = "multipart/form-data; boundary=x"

    assert sent(week, form, "application/json") == 415
    assert sent(week, form, "text/plain") == 415
    assert sent(week, form + b"&by=a&by=b") == 400
    assert sent(week, form + b"&" + form) == 400
    assert sent(week, b"\xff=1") == 400
    assert sent(week, form, parts) == 400
    assert sent(week, b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n", parts) == 400
    assert sent(week, b"--x--\r\n", "multipart/form-data") == 400
    assert sent(week, b"") == 403
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1\r\n'
    whole = f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{week.desk.keys.form}\r\n'.encode()
    assert [sent(week, whole + file * many + b"--x--\r\n", parts) for many in (0, 1, 2)] == [303, 303, 400]
