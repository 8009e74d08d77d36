"""Networks of activities: asked in the same walled child as evidence, believed no more than that, and no evidence."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.program import AllowedPlugin, Handling, Marking
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.networks import activity_network, with_networks
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of, write_plugin

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
PLAN = "evidence/program/ims_2027-04-15.xml"
PROGRAM = ROOT / "examples/harborline/go"
GOLIVE = {"golive": "GL1000 Go-live of release 1", "committed": "2027-05-03"}

LAYS_OUT = """
    import os
    from gonogo.model.activity_network import *
    from gonogo.model.evidence import GapReason
    from gonogo.plugin.spec import *

    class LaysOut:
        name = "lays_out"
        facts = ()
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            return ()

        def activity_network(self, job, settings):
            {body}

    @hookimpl
    def gonogo_register_collectors(register):
        register(LaysOut())
"""
ONE = (
    "return ActivityNetwork(data_date=0, committed=9, aim='committed', notes=('one note',), activities=(NetworkPoint("
    "key='K1', name='Train Ines Calloway ' + os.environ.get('TOKEN', ''), role=PointRole.MILESTONE),))"
)


def ask(binding, root, *, entries=None, allow=()):
    program = program_of(binding, allow=allow)
    request = CollectionRequest(program, root=root, release=SAMPLE_RELEASE, now=NOW, entries=entries)
    return activity_network(request, binding)


def ask_plugin(folder, body, name="lays_out", own=True, **more):
    entry = write_plugin(folder, name, LAYS_OUT.format(body=body), own=own)
    allow = (AllowedPlugin(distribution=entry.distribution, version=entry.version),)
    return ask(binding_of(name, deadline_s=10, **more), folder, entries={name: entry}, allow=allow)


def test_a_schedule_is_laid_out_from_the_bytes_that_the_host_opened():
    """Digest and path are the host's, so that a reader can compare them with the record."""
    reply = ask(binding_of("schedule", collector="mspdi", settings=GOLIVE, paths=[PLAN]), PROGRAM)

    assert reply.refused == ""
    assert reply.network.golive.name.endswith("'GL1000 Go-live of release 1'")
    [read] = reply.inputs
    assert (read.path, read.sha256) == (PLAN, hashlib.sha256((PROGRAM / PLAN).read_bytes()).hexdigest())


@pytest.mark.parametrize("own", [True, False], ids=["forked", "executed"])
def test_another_plugin_can_lay_one_out_too(tmp_path, own):
    """The joint is for everybody: a method that a collector may have."""
    reply = ask_plugin(tmp_path, ONE, own=own)

    assert reply.network.golive.key == "K1"
    assert reply.network.notes == ("one note",)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise CollectorRefusal('Nothing is ahead.')", "Nothing is ahead"),
        ("raise ValueError('row 7')", "ValueError: row 7"),
        ("return {'activities': []}", "It answered dict, not an ActivityNetwork"),
        ("os._exit(0)", "no usable answer"),
        ("raise SystemExit(0)", "SystemExit"),
        (
            "return ActivityNetwork.model_construct(data_date=0, committed=9, aim='x', notes=(), links=(), "
            "calendars=(), shown=None, declared=SpreadDeclared(), apart=-1, activities=())",
            "not of protocol 1",
        ),
    ],
)
def test_whatever_a_collector_does_ends_as_a_sentence(tmp_path, body, told):
    """No number comes of what cannot be read, and nothing crashes the command."""
    reply = ask_plugin(tmp_path, body)

    assert reply.network is None
    assert told in reply.refused


def test_a_collector_without_the_method_says_so(tmp_path):
    """Asking it is no mistake of the program."""
    entry = write_plugin(
        tmp_path, "plain", LAYS_OUT.format(body="return None").replace("def activity_network", "def other")
    )

    reply = ask(binding_of("plain"), tmp_path, entries={"plain": entry})

    assert reply.refused == "The collector lays_out has no network of activities"


def test_a_secret_never_comes_back(tmp_path, monkeypatch):
    """A name of an activity is a way out like any other."""
    monkeypatch.setenv("TOKEN", "correct horse battery")

    assert "holds a secret" in ask_plugin(tmp_path, ONE, env=("TOKEN",)).refused


def test_names_of_a_source_of_personal_data_are_not_shown(tmp_path):
    """Names of activities name people."""
    reply = ask_plugin(tmp_path, ONE, handling=Handling(marking=Marking.PII))

    assert (reply.network.golive.key, reply.network.golive.name) == ("", "activity 1")
    assert (
        "Ines" not in ask_plugin(tmp_path, "raise ValueError('Ines')", handling=Handling(marking=Marking.PII)).refused
    )


def test_a_missing_file_and_refused_settings_are_told_apart(tmp_path):
    """One is a gap in the evidence folder, the other a mistake in the program file."""
    missing = ask(binding_of("schedule", collector="mspdi", settings=GOLIVE, paths=["none.xml"]), tmp_path)

    assert missing.network is None
    assert "none.xml" in missing.refused
    for wrong in ({"golive": 7}, {"golive": "x", "simulation": {"spread": ["2", "3"]}}):
        with pytest.raises(ConfigurationError, match="schedule"):
            ask(binding_of("schedule", collector="mspdi", settings=wrong), tmp_path)
    with pytest.raises(ConfigurationError):
        ask(binding_of("no_such_plugin"), tmp_path)


def test_only_bindings_that_read_a_schedule_are_offered():
    """Asking costs no evidence: plugins say what they have."""
    bindings = [
        binding_of("schedule", id="plan", collector="mspdi"),
        binding_of("schedule", id="other-plan", collector="xer"),
        binding_of("schedule", id="which"),
        binding_of("junit", id="tests"),
        binding_of("nothing", id="unknown"),
    ]

    assert [each.id for each in with_networks(bindings, ())] == ["plan", "other-plan"]
