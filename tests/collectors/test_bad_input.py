"""Every form that a collector reads, in every way in which files come out wrong: refused, or read as if nothing were.

Each pair of a format and a way is a test of its own, so that ``-k "sarif and UTF-16"`` says what becomes of it.
"""

from __future__ import annotations

import importlib.metadata
import resource
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.collectors.bad_ways import SHAPES, WAYS
from tests.collectors.seeds import SEEDS, Seed
from tests.restructured import planted, restructured
from tests.spoiled import no_better, spoiled

from gonogo.plugin import registry
from gonogo.plugin.spec import Answer, CollectorRefusal

SECONDS = 5
KILOBYTES = 512 * 1024
ROOM = Path(__file__).parent
XML_READERS = {"junit", "mspdi", "comparison", "series", "cobertura", "jacoco", "jmeter-xml"}
GSA = {"raid", "m3-risk", "m3-tracker", "m3-tailoring"}
BY_FORM = {form: {name for name, seed in SEEDS.items() if seed.form == form} for form in WAYS}
ALIKE: Mapping[str, set[str]] = {
    "a byte order mark of UTF-8": BY_FORM["json"] | XML_READERS | {"csv", "tsv", "junit-plan", "exercises", "jtl"},
    "line ends of Windows": {"csv", "tsv", "junit-plan", "exercises", "jtl", "prometheus", "openmetrics", "statements"},
    "line ends of an old Macintosh": {"junit-plan", "exercises", "jtl"},
    "version 1.1": XML_READERS,
    # A report that declares no encoding is in the one that its first bytes show, and a plan of Primavera too.
    "UTF-16": {"xer", "cobertura"},
    "UTF-16, the other way round": {"xer", "cobertura"},
    "UTF-16 without a mark": {"cobertura", "jmeter-xml"},
    # In Windows-1252 each of these is some letter of a name.
    "a letter in Windows-1252": {"xer"},
    "half a character of UTF-8": {"xer"},
    "a surrogate in UTF-8": {"xer"},
    # In names that nothing is counted by; who shows them takes them out.
    "NUL": {"xer", "jtl"},
    "an escape character": {"junit-plan", "exercises", "xer", "jtl"},
    # GSA's templates are read whatever their users have hidden, and titles of risks are not compared.
    "a hidden row": GSA,
    "a hidden column": GSA,
    "hidden sheets": GSA,
    "a cell of another type": {"raid"},
    "100 000 levels in a page": {"xlsx", "success", "m3-tracker", "exercises-workbook"},
    "a page in UTF-16": BY_FORM["deck"],
    "macros": BY_FORM["workbook"] | BY_FORM["deck"],
}
"""Ways after which a format is read as before: byte for byte another file, and the same answers."""
PARTLY = {
    way: {"raid", "xlsx"}
    for way in (
        "a formula without a result",
        "a formula whose result is an error",
        "an error",
        "a formula of chance",
    )
}
PARTLY["a cell of another type"] = {"exercises-workbook", "xlsx"}
"""Ways that take away the answers of one sheet, of restores, or of the facts of a table that read the cell."""
WITHOUT_STRINGS = {
    "a bomb of entities in the strings",
    "an entity of a file in the strings",
    "a relation to another machine",
}
CELLS = {way for way in SHAPES if way.startswith(("a formula", "an error", "a cell"))}
LACKING = {
    "m3-risk": {*WITHOUT_STRINGS, *CELLS, "merged cells"},
    "m3-tracker": {*WITHOUT_STRINGS, *CELLS},
    "m3-tailoring": {*WITHOUT_STRINGS, *CELLS, "merged cells"},
}
"""Ways that need a part, or a cell that is read, that the file does not have; merged cells are in GSA's own guide."""
SPOILT = [
    pytest.param(name, way, id=f"{name}: {way}")
    for name, seed in SEEDS.items()
    for way, spoil in WAYS[seed.form].items()
    if way not in LACKING.get(name, ()) and (not way.startswith("line ends") or spoil(seed.data) != seed.data)
]


def said(answers: Mapping[str, Answer]) -> dict[str, tuple[object, ...]]:
    """Return what the answers come to; where a value stands may differ."""
    return {name: (one.value, one.part, one.whole, one.gap, one.as_of) for name, one in answers.items()}


@pytest.fixture(scope="module")
def sound() -> dict[str, dict[str, tuple[object, ...]]]:
    """The answers of each sound file."""
    return {name: said(seed.read(seed.data)) for name, seed in SEEDS.items()}


@pytest.fixture
def within_bounds() -> Iterator[None]:
    """Let a file cost five seconds of processor time and 512 MB at most."""

    def ended(*_: object) -> None:
        raise AssertionError("it took more than five seconds")

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    earlier = signal.signal(signal.SIGPROF, ended)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, earlier)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KILOBYTES


@pytest.mark.usefixtures("within_bounds")
@pytest.mark.parametrize(("name", "way"), SPOILT)
def test_it_is_refused_or_read_as_if_nothing_were(sound, name, way):
    """No crash, no third thing (an answer is the one of the sound file, or a gap), and no more than it may cost."""
    seed = SEEDS[name]
    before = {fact: value for fact, value in sound[name].items() if not seed.facts or fact in seed.facts}
    try:
        answers = said(seed.read(WAYS[seed.form][way](seed.data)))
    except CollectorRefusal:
        assert name not in ALIKE.get(way, ()), "it was refused"
        return
    changed = [fact for fact, value in before.items() if answers[fact] != value]
    lost = [fact for fact, value in before.items() if value[3] is None and answers[fact][3] is not None]

    assert [fact for fact in changed if answers[fact][3] is None] == [], "another answer"
    if name in ALIKE.get(way, ()):
        assert changed == []
    elif name in PARTLY.get(way, ()):
        assert lost != []
    else:
        assert lost == [fact for fact, value in before.items() if value[3] is None], "some answers were kept"


def test_every_collector_is_here_or_spoils_its_files_in_its_own_room():
    """A collector that is added brings a sound file of each of its formats."""
    entries = importlib.metadata.entry_points(group="gonogo.plugins")
    here = {seed.collector for seed in SEEDS.values()}
    missing = set()
    for entry in entries:
        if not entry.value.startswith("gonogo.collectors."):
            continue
        room = ROOM.joinpath(*entry.value.split(".")[2:])
        spoils = any("tests.spoiled" in path.read_text(encoding="utf-8") for path in room.rglob("test_*.py"))
        names = registry.load(entry.value, entry.value).collectors
        there = {entry.name if name == entry.name else f"{entry.name}:{name}" for name in names}
        missing |= set() if spoils else there - here - {"schedule:mpxj"}  # its room asks Java about broken files

    assert missing == set()


def test_what_is_said_to_be_read_alike_is_a_way_that_exists():
    """A way that was renamed would leave its line here without a claim."""
    ways = {way for each in WAYS.values() for way in each}

    assert ALIKE.keys() | PARTLY.keys() | SHAPES.keys() <= ways


AS_ANOTHER = {"tsv", "series"}
"""Read by the code of another format here."""
PLANTED = "Zora Quillfeather"
NAMED = [
    pytest.param(name, id=name)
    for name, seed in SEEDS.items()
    if seed.form in ("json", "xml", "lines") and name not in ("comparison", "series", "tsv")
]


@pytest.mark.parametrize("name", NAMED)
def test_what_is_shown_of_personal_sources_never_repeats_a_value(name):
    """A name may stand in any place of a file; the sentence for a source that is marked PII must not carry it out."""
    seed = SEEDS[name]
    shown = set()
    for made in planted(seed.data, PLANTED):
        try:
            shown |= {answer.told for answer in seed.read(made).values() if answer.gap is not None}
        except CollectorRefusal as refusal:
            shown.add(refusal.told)

    assert [sentence for sentence in shown if PLANTED in sentence] == []


FUZZED = [pytest.param(seed, id=name) for name, seed in SEEDS.items() if name not in AS_ANOTHER]
STRUCTURED = [each for each in FUZZED if SEEDS[str(each.id)].form not in ("yaml", "sqlite")]


def better(seed: Seed, copies) -> list[str]:
    """Return the answers of copies that are better than those of the sound file."""
    return no_better(seed.read, seed.data, fewer_is_better=seed.fewer, more_is_better=seed.more, copies=copies)


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", FUZZED)
def test_no_spoiled_copy_reads_better(seed):
    """Bits, bytes and early ends: no crash, and no better answer."""
    found = better(seed, spoiled(seed.data))

    assert seed.digits or found == []


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", STRUCTURED)
def test_no_copy_of_another_structure_reads_better(seed):
    """Keys that are gone or misspelt, entries there twice, other types, another order."""
    assert better(seed, restructured(seed.data, spared=seed.spared)) == []


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", STRUCTURED)
def test_a_copy_that_says_something_else_is_read_or_refused(seed):
    """Other numbers and words, entries that are gone, empty lists: an answer or a refusal, and nothing else."""
    for made in restructured(seed.data, states=True, spared=seed.spared):
        try:
            seed.read(made)
        except CollectorRefusal:
            continue
