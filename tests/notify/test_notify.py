"""Who is told of a daily run: only of what people decide about, as text, over servers on loopback."""

import email
import json
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller
from tests.report.conftest import OTHERS, recorded, training

from gonogo.cli import run
from gonogo.comparison.compare import Change, RunComparison
from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.errors import ConfigurationError, UsageError
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.notify.news import KINDS, MOST, News, news_of
from gonogo.notify.payloads import mail, slack, teams, webhook
from gonogo.notify.receivers import read_receivers
from gonogo.notify.sending import ATTEMPTS, Messenger
from gonogo.plugin import settled

HOSTILE = "<!channel> [x](http://evil.example) **b** @all\r\nBcc: x@evil.example\x1b[31m\u202e"


def news(*lines, **more):
    told = {
        "program": "p",
        "release": "R1",
        "run": "r",
        "verdict": "NO-GO",
        "kind": "Daily run.",
        "go_live": "g",
        "worse": True,
    }
    return News(**{**told, **more}, lines=lines)


@pytest.fixture
def receivers(tmp_path):
    def make(*entries, **environment):
        path = tmp_path / "notify.yaml"
        path.write_text("schema: 1\nreceivers:\n" + "".join(f"  - {each}\n" for each in entries))
        return read_receivers(path, environment)

    return make


@pytest.fixture
def assessment():
    findings = (training(Status.MET), *OTHERS)
    made = recorded(findings, verdict=Verdict.GO, without=Verdict.GO).assessment
    return made.model_copy(update={"program": made.program.model_copy(update={"marking": "CUI"})})


def bare(assessment):
    return assessment.model_copy(update={"program": assessment.program.model_copy(update={"marking": ""})})


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_only_what_people_decide_about_is_news(assessment, kind):
    """A gate that writes every day about an age of a file is muted in a week."""
    changes = RunComparison(notices=(Notice(kind=kind, subject="s", sentence="It is so."),))

    assert (news_of(bare(assessment), "r", changes) is not None) is (kind in KINDS)


def test_nothing_changed_tells_nobody_and_the_first_run_does(assessment):
    """The first verdict is news."""
    assert news_of(assessment, "r", RunComparison()) is None
    assert news_of(assessment, "r", None).lines == ("First recorded run: GO, 0 reasons against going live.",)


def test_a_worse_verdict_comes_first_and_a_better_one_is_told_too(assessment):
    """A person who reads one line reads this one."""
    change = Change(criterion="a.b", title="A", before=Status.MET, after=Status.NOT_MET, sentence="It fails.")
    worse = RunComparison(verdict_worse=True, worse=(change,))

    assert news_of(bare(assessment), "r", worse).lines[0] == "The verdict is worse than in the last run: GO."
    assert news_of(bare(assessment), "r", RunComparison(verdict_better=True)).worse is False


def test_a_marked_program_sends_ids_and_no_sentences(assessment):
    """A chat is no place for CUI: names and values stay on the page."""
    assert assessment.program.marking
    change = Change(
        criterion="a.b", title="A", before=Status.MET, after=Status.NOT_MET, sentence="Kim Tran has 3 risks."
    )
    changes = RunComparison(
        worse=(change,), notices=(Notice(kind=NoticeKind.WAIVER, subject="W-1", sentence="Signed by Kim Tran."),)
    )

    assert news_of(assessment, "r", changes).lines == ("worse: a.b", "waiver: W-1")
    assert "Kim Tran" in news_of(bare(assessment), "r", changes).text


@pytest.mark.parametrize(("many", "more"), [(MOST - 1, 0), (MOST, 0), (MOST + 1, 1)])
def test_what_does_not_fit_is_counted(assessment, many, more):
    """Twenty lines are read; the twenty-first is not dropped in silence."""
    notices = tuple(Notice(kind=NoticeKind.PLAN, subject=f"c{n}", sentence=f"{n}.") for n in range(many))
    told = news_of(bare(assessment), "r", RunComparison(notices=notices))

    assert (len(told.lines), told.more) == (min(many, MOST), more)
    assert ("And 1 more" in told.text) is bool(more)


def test_what_a_file_says_is_text_for_every_receiver():
    """No mention, link, style, header or terminal command comes from evidence."""
    told = news(HOSTILE, release=HOSTILE)
    block = json.loads(slack(told))
    assert {each["text"]["type"] for each in block["blocks"]} == {"plain_text"}
    assert "<!" not in block["text"]
    card = json.loads(teams(told))["attachments"][0]["content"]["body"]
    assert {each["type"] for each in card} == {"RichTextBlock"}
    assert {run["type"] for each in card for run in each["inlines"]} == {"TextRun"}
    message = mail(told, "a@x.example", ("b@x.example",))
    assert (message["Bcc"], message["To"], message.get_content_type()) == (None, "b@x.example", "text/plain")
    for data in (slack(told), teams(told), bytes(message)):
        assert b"\x1b" not in data
    assert json.loads(webhook(told))["changes"] == [HOSTILE]


def test_a_webhook_is_told_and_retried_only_where_that_makes_sense(httpserver, receivers):
    """A busy server is asked again; one that refuses is not hammered."""
    httpserver.expect_ordered_request("/x", method="POST").respond_with_data(
        "", status=503, headers={"retry-after": "0"}
    )
    httpserver.expect_ordered_request("/x", method="POST").respond_with_data("", status=200)
    found = receivers("{id: a, kind: webhook, url_from: URL}", URL=httpserver.url_for("/x"))
    assert list(Messenger(found).tell(news("n"))) == []
    assert [json.loads(request.data)["verdict"] for request, _answer in httpserver.log] == ["NO-GO", "NO-GO"]

    httpserver.clear()
    httpserver.expect_request("/x").respond_with_data("", status=404)
    assert list(Messenger(found).tell(news("n"))) == ["a was not told: the server answered 404. The run is recorded."]
    assert len(httpserver.log) == 1

    httpserver.clear()
    httpserver.expect_request("/x").respond_with_data("", status=503)
    assert "answered 503" in next(iter(Messenger(found).tell(news("n"))))
    assert len(httpserver.log) == ATTEMPTS


def test_an_address_leads_nowhere_else_and_is_in_no_message(httpserver, receivers):
    """A redirect would carry the message to a stranger; an address with a token would be in a build log."""
    httpserver.expect_request("/secret-token").respond_with_data(
        "", status=302, headers={"location": "http://evil.example"}
    )
    found = receivers("{id: a, kind: slack, url_from: URL}", URL=httpserver.url_for("/secret-token"))

    told = list(Messenger(found).tell(news("n")))

    assert told == ["a was not told: the server answered 302. The run is recorded."]
    assert "secret-token" not in repr(found)
    gone = receivers("{id: a, kind: slack, url_from: URL}", URL="http://127.0.0.1:9/secret-token")
    sentence = next(iter(Messenger(gone, seconds=1).tell(news("n"))))
    assert "no connection" in sentence
    assert "secret-token" not in sentence


def test_after_the_code_of_a_plugin_nothing_is_loaded_to_tell(receivers):
    """What a plugin changed on disk must not run in the gate; so everything is there before."""
    entries = [
        "{id: a, kind: webhook, url_from: U}",
        "{id: m, kind: mail, server: '127.0.0.1:9', security: tls, sender: a@b.c, to: [x@y.z]}",
    ]
    messenger = Messenger(receivers(*entries, U="https://127.0.0.1:9/x"), seconds=1)

    with settled.session() as late:
        settled.close()
        told = list(messenger.tell(news("n")))

    assert late == []
    assert len(told) == 2


class _Box:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 OK"


def test_a_mail_arrives_as_plain_text_and_a_server_that_is_not_there_is_a_sentence(receivers):
    """Really sent, over a server on loopback."""
    box = _Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        entry = (
            f"{{id: m, kind: mail, server: '127.0.0.1:{port}', security: none, sender: g@x.example, to: [a@x.example]}}"
        )
        assert list(Messenger(receivers(entry)).tell(news("It fails."))) == []
    finally:
        server.stop()
    message = email.message_from_bytes(box.mails[0].content, policy=policy.default)
    assert message["Subject"] == "p R1: NO-GO"
    assert "- It fails." in message.get_content()
    assert "no connection to the mail server (ConnectionRefusedError)" in next(
        iter(Messenger(receivers(entry), seconds=1).tell(news("n")))
    )


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{id: a, kind: webhook}", "has no url_from"),
        ("{id: a, kind: mail, server: s}", "has no server, no sender or nobody to write to"),
        ("{id: a, kind: mail, server: s, sender: a@b.c, to: [x@y.z], user_from: U}", "a user without a password"),
        ("{id: a, kind: mail, server: s, sender: a@b.c, to: [x@y.z], security: none}", "without encryption"),
        ("{id: a, kind: mail, server: s, sender: a@b.c, to: ['x@y.z, q@y.z']}", "an address that is none"),
    ],
)
def test_a_receiver_that_contradicts_itself_is_named_with_its_line(receivers, entry, sentence):
    """Before anything runs."""
    with pytest.raises(ConfigurationError) as caught:
        receivers(entry, U="u")
    assert sentence in str(caught.value.problems[0])
    with pytest.raises(ConfigurationError):
        receivers("{id: a, kind: slack, url_from: U}", "{id: a, kind: slack, url_from: U}", U="https://x.example")


@pytest.mark.parametrize(
    "address", ["http://x.example/y", "ftp://x.example", "https://", "no address", "https://x:99999999/"]
)
def test_an_address_that_is_not_safe_or_not_set_is_refused_without_repeating_it(receivers, address):
    """The message goes over the network: encrypted, or not at all."""
    with pytest.raises(UsageError, match="is no https address") as caught:
        receivers("{id: a, kind: teams, url_from: U}", U=address)
    assert address not in str(caught.value)
    with pytest.raises(UsageError, match="needs the variable U, which is not set"):
        receivers("{id: a, kind: teams, url_from: U}")


def test_the_daily_run_tells_once_and_its_exit_code_is_its_own(httpserver, stated, tmp_path, monkeypatch, capsys):
    """A second run without news is silent; a server that is down changes no exit code."""
    httpserver.expect_request("/x").respond_with_data("", status=200)
    monkeypatch.setenv("GONOGO_TEST_URL", httpserver.url_for("/x"))
    file = tmp_path / "notify.yaml"
    file.write_text("schema: 1\nreceivers: [{id: a, kind: webhook, url_from: GONOGO_TEST_URL}]\n")
    daily = ["progress", str(stated.root), "--as-of", stated.as_of, "--notify", str(file), "-o", "json:/dev/null"]

    assert [run(daily), run(daily)] == [0, 0]
    assert len(httpserver.log) == 1
    stated.deny("desk.staffed")
    assert run(daily) == 1
    assert json.loads(httpserver.log[-1][0].data)["verdict"] == "NO-GO"

    monkeypatch.setenv("GONOGO_TEST_URL", "http://127.0.0.1:9/x")
    stated.edit("evidence/statements.yaml", "{fact: desk.staffed, value: false", "{fact: desk.staffed, value: true")
    capsys.readouterr()
    assert run(daily) == 0
    assert "a was not told" in capsys.readouterr().err
