"""Who gets in: not another name, not another page, not another program of this machine, and nobody without the key."""

from __future__ import annotations

import asyncio
import base64
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from tests.web.asked import ADDRESS, ORIGIN, Asker

from gonogo.web.files_page import key_of
from gonogo.web.gatekeeper import SiteKeys, same
from gonogo.web.local_site import local_site

PAGES = ("/", "/files", "/questions", "/run", "/report", "/bindings.xlsx", "/style.css", "/nothing")
FOREIGN_NAMES = (
    "evil.example",
    "evil.example:41234",
    "localhost:41234",
    "127.0.0.1",
    "127.0.0.1:41235",
    "127.0.0.1:41234.evil.example",
    "[::1]:41234",
)
"""What a browser sends for a name that an attacker has pointed to this machine, and what it never sends."""
FROM_ELSEWHERE: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "nothing": ({}, ("origin",)),
    "another site": ({"origin": "https://evil.example"}, ()),
    "another port": ({"origin": "http://127.0.0.1:8000"}, ()),
    "another scheme": ({"origin": f"https://{ADDRESS}"}, ()),
    "a page without a name": ({"origin": "null"}, ()),
    "a referer that begins alike": ({"referer": f"{ORIGIN}5/run"}, ("origin",)),
    "a foreign origin beside our referer": ({"origin": "https://evil.example", "referer": f"{ORIGIN}/"}, ()),
    "another site, as the browser says": ({"sec-fetch-site": "cross-site"}, ()),
    "another port, as the browser says": ({"sec-fetch-site": "same-site"}, ()),
}


def program_file(asker: Asker) -> str:
    """What the program's file says."""
    return (asker.desk.program / "gonogo.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", PAGES)
def test_nothing_is_shown_without_the_key(week: Asker, place: str) -> None:
    """Every account of the machine can reach the port."""
    for cookies in ({}, {"gonogo-41234": "x" * 43}, {"gonogo-41234": ""}, {"gonogo-41235": week.desk.keys.cookie}):
        week.cookies = dict(cookies)
        answer = week.get(place)

        assert (answer.status, "p: local page" in answer.text) == (403, False)
        assert answer.text.startswith("Closed This browser has not shown the key. Open the whole address")


def test_the_key_becomes_a_cookie_and_leaves_the_address(week: Asker) -> None:
    """An address bar is photographed and synchronized; no script and no other site sees a cookie."""
    week.cookies = {}
    answer = week.start()
    made = answer.header("set-cookie")

    assert (answer.status, answer.header("location")) == (303, week.at("/"))
    assert made.split("; ")[1:] == ["HttpOnly", f"Path={week.desk.keys.root}", "SameSite=strict"]
    assert week.desk.keys.key not in made
    assert week.get("/").status == 200


def test_a_wrong_key_opens_nothing(week: Asker) -> None:
    """Neither none, nor a part of it, nor a right one beside a wrong one; and the cookie is no key."""
    keys = week.desk.keys
    week.cookies = {}
    for query in (
        "",
        "key=",
        f"key={keys.key[:-1]}",
        f"key={keys.key}x",
        f"key=x&key={keys.key}",
        f"key={keys.key}&key=x",
        f"key={keys.cookie}",
    ):
        answer = week.ask("GET", f"/start?{query}")

        assert (answer.status, answer.header("set-cookie")) == (403, "")
    assert week.ask("POST", f"/start?key={keys.key}").header("set-cookie") == ""


def test_a_wrong_key_does_not_get_in_by_an_old_cookie(week: Asker) -> None:
    """A person who types a wrong address is to hear that."""
    assert [week.ask("GET", f"/start{query}").status for query in ("?key=wrong", "")] == [403, 403]


def test_the_cookie_goes_below_a_path_that_only_the_key_opens(week: Asker) -> None:
    """A browser shows a cookie to every port of this machine: to a server of another account too, if it were for all
    paths. So the path is a secret of its own, and nothing tells it to those who do not know it.
    """
    root = week.desk.keys.root
    assert len(base64.urlsafe_b64decode(f"{root[1:]}==")) == 16
    assert SiteKeys().root != root

    for place in ("/", "/files", f"{root[:-1]}/", f"{root}x/", root, f"/x{root}/", f"{root}/"):
        for cookies in ({}, dict(week.cookies)):
            asker = Asker(week.desk, cookies)
            answer = asker.ask("GET", place)
            opens = place == f"{root}/" and bool(cookies)
            assert answer.status == (200 if opens else 403), place
            assert place.startswith(root) or root not in answer.html


def test_each_secret_has_256_bits_and_is_made_anew() -> None:
    """They are what keeps other accounts out, so none may be guessed, and none follows from another."""
    keys, others = SiteKeys(), SiteKeys()
    secrets = [keys.key, keys.cookie, keys.form, others.key, others.cookie, others.form]

    assert [len(base64.urlsafe_b64decode(f"{each}=")) for each in secrets] == [32] * 6
    assert len(set(secrets)) == 6
    assert not [each for each in secrets if each in repr((keys, others))]


def test_secrets_are_compared_in_a_time_that_tells_nothing(week: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each right letter of a guess could be heard."""
    compared: list[bytes] = []
    real = hmac.compare_digest

    def compare(given: bytes, secret: bytes) -> bool:
        compared.append(secret)
        return real(given, secret)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    keys = week.desk.keys
    week.ask("GET", "/start?key=wrong")
    week.send("/run", {}, form="wrong")

    assert {keys.key.encode(), keys.cookie.encode(), keys.form.encode()} <= set(compared)
    assert not same("\udcff", keys.key)


@pytest.mark.parametrize("name", FOREIGN_NAMES)
def test_another_name_for_this_machine_is_refused(week: Asker, name: str) -> None:
    """DNS rebinding: a web page whose name leads here by now would be asked with every right of that page."""
    answer = week.ask("GET", week.at("/"), headers={"host": name})

    assert (answer.status, "p: local page" in answer.text) == (421, False)
    assert week.ask("GET", f"/start?key={week.desk.keys.key}", headers={"host": name}).header("set-cookie") == ""


def test_a_request_without_a_name_is_refused(week: Asker) -> None:
    """A browser always sends one."""
    assert week.ask("GET", week.at("/"), without=["host"]).status == 421


def test_a_request_with_two_names_is_refused(week: Asker) -> None:
    """One part of a server would believe the first, another the last."""
    for also in ("evil.example", ADDRESS):
        assert week.ask("GET", week.at("/"), also=[("host", also)]).status == 421


def test_a_form_with_two_origins_is_refused(week: Asker) -> None:
    """So it is here."""
    body = urlencode({"form": week.desk.keys.form}).encode()

    assert week.ask("POST", week.at("/workbook"), body, also=[("origin", "https://evil.example")]).status == 403


@pytest.mark.parametrize("how", FROM_ELSEWHERE)
def test_a_form_of_another_page_changes_nothing(week: Asker, how: str) -> None:
    """A browser sends our cookie to our port no matter who asks it to, if the other page is of this machine too."""
    headers, without = FROM_ELSEWHERE[how]
    key = key_of("evidence/interfaces.csv")
    before = program_file(week)
    body = urlencode({"form": week.desk.keys.form}).encode()
    answers = [week.ask("POST", week.at(f"/files/{key}/bind"), body, headers, without=without)]

    assert [each.status for each in answers] == [403]
    assert "did not come from this page" in answers[0].text
    assert program_file(week) == before


def test_a_browser_that_names_the_page_only_is_believed(week: Asker) -> None:
    """Old browsers send no Origin with a form."""
    body = urlencode({"form": week.desk.keys.form}).encode()
    answer = week.ask(
        "POST", week.at("/workbook"), body, {"referer": f"{ORIGIN}{week.at('/questions')}"}, without=["origin"]
    )

    assert answer.status == 303


@pytest.mark.parametrize("form", ["", "x" * 43])
@pytest.mark.parametrize(
    "place",
    [
        "/run",
        "/workbook",
        "/files/0/bind",
        "/files/0/aside",
        "/bindings/change-requests-v",
        "/bindings/change-requests-v/answers",
    ],
)
def test_a_form_without_our_secret_does_nothing(week: Asker, place: str, form: str) -> None:
    """Each action has it: one without would be the way in. `never` fails the test if a run is made."""
    before = program_file(week)
    answer = week.send(place, {"answer": "no", "reason": "x", "by": "x"}, form=form)

    assert (answer.status, program_file(week)) == (403, before)


@pytest.mark.parametrize("place", [*PAGES, "/start", "/start?key=x"])
def test_every_answer_tells_the_browser_what_to_refuse(week: Asker, place: str) -> None:
    """No script, no frame, no copy on disk, no guessing of types, no address handed to another site."""
    for asker, target in ((week, week.at(place)), (Asker(week.desk), week.at(place)), (week, place)):
        answer = asker.ask("GET", target)
        policy = answer.header("content-security-policy")

        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert not {"unsafe", "script", "http", "data", "*"} & set(policy.replace("-", " ").replace(":", " ").split())
        assert answer.header("cache-control") == "no-store"
        assert answer.header("x-frame-options") == "DENY"
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("referrer-policy") == "same-origin"
        assert answer.header("cross-origin-opener-policy") == "same-origin"
        assert answer.header("cross-origin-resource-policy") == "same-origin"
        assert answer.header("server") == ""


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_pages_are_read_and_forms_are_sent_and_nothing_else(week: Asker, method: str) -> None:
    """What has no use here is no way in."""
    for asker in (week, Asker(week.desk)):
        assert asker.ask(method, week.at("/")).text.startswith("Not possible This page is read, and its forms are sent")
        assert asker.last.status == 405


def test_actions_are_not_done_by_opening_an_address(week: Asker) -> None:
    """A picture of another site opens addresses; so does a browser that looks ahead."""
    before = program_file(week)

    assert [week.get(place).status for place in ("/workbook", "/files/0/bind", "/files/0/aside")] == [405] * 3
    assert program_file(week) == before


def test_a_browser_that_comes_from_elsewhere_shows_its_cookie_one_step_later(week: Asker) -> None:
    """Opened from a file or a chat, it keeps the cookie back until a page of ours asks again; once, in no circle."""
    known = dict(week.cookies)
    week.cookies = {}
    first = week.ask("GET", week.at("/"), headers={"sec-fetch-site": "cross-site"})
    again = f'<meta http-equiv="refresh" content="0; url={week.at("/")}">'

    assert (first.status, again in first.html, f'<a href="{week.at("/")}">Try again</a>' in first.html) == (
        403,
        True,
        True,
    )
    second = week.ask("GET", week.at("/"), headers={"sec-fetch-site": "same-origin"})
    assert ("refresh" in second.html, "Try again" in second.html) == (False, True)
    other = week.ask("GET", week.at("/files"), headers={"sec-fetch-site": "cross-site"})
    assert ("refresh" in other.html, "Try again" in other.html) == (False, False)
    week.cookies = known
    assert week.ask("GET", week.at("/"), headers={"sec-fetch-site": "same-origin"}).status == 200


def test_what_is_no_request_for_a_page_is_not_answered(week: Asker) -> None:
    """A socket that stays open would get around everything that is asked of a request."""
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    site = local_site(week.desk, ADDRESS)
    asyncio.run(site({"type": "websocket", "path": week.at("/"), "headers": []}, receive, send))

    assert sent == []
