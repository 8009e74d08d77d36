"""Reading the trust file: every mistake at its place, and never a line of a key in a message."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path, PurePosixPath

from gonogo.documents.files import inside, path_mistake, read_file, refusal, shown
from gonogo.documents.shape import CheckedDocument, read_sheet, sorted_problems
from gonogo.errors import ConfigurationError, Problem, UnusableKey
from gonogo.model.people import Side
from gonogo.model.person_name import same_id
from gonogo.signing.key_forms import is_key_text
from gonogo.signing.keys import PublicKey, public_key
from gonogo.signing.trust_documents import KeyDocument, TrustDocument
from gonogo.signing.trust_values import KeyKind, KnownLog, Trust, TrustKey

Sheet = CheckedDocument[TrustDocument]
_PRIVATE = b"PRIVATE KEY-----"


def read_trust(path: Path, *, program: str = "") -> Trust:
    """Read a trust file and the keys that it names.

    Args:
        path: The file; paths in it are relative to its folder.
        program: Id of the program that it must be of; any where empty.

    Raises:
        ConfigurationError: With every mistake: no such file, another program, a key that cannot be used, a key
            without an office, two keys of one person for one office on one day, one key for two things.
        UsageError: ``cryptography`` is not installed.
    """
    name = shown(path)
    data = read_file(path, hint="a trust file says which keys a program trusts; `gonogo schema trust` shows its form")
    if _PRIVATE in data:
        line = data.count(b"\n", 0, data.index(_PRIVATE)) + 1
        what = "the trust file holds a private key; everybody who could read it can sign with it"
        hint = "remove it, make a new key with `gonogo key new`, and put its `.pub.pem` here"
        raise refusal("G147", f"{name}:{line}:1", what, hint)
    sheet = read_sheet(data, name, TrustDocument)
    if sheet.document is None:
        raise ConfigurationError(sheet.problems)
    document = sheet.document
    problems = list(sheet.problems)
    if program and document.program != program:
        what = f"this trust file is for the program '{document.program}', not for '{program}'"
        hint = "name the trust file of this program, or correct the id in one of the two"
        problems.append(sheet.problem(("program",), "G148", what, hint))
    keys: list[tuple[int, TrustKey]] = []
    for index, entry in enumerate(document.keys):
        wrong = list(_fields(sheet, index, entry))
        public = _public(sheet, path.parent, index, entry, wrong)
        problems += wrong
        if public is not None and not wrong:
            keys.append((index, _key(entry, public)))
    problems += _doubles(sheet, document)
    problems += _contradictions(sheet, keys)
    if problems:
        raise ConfigurationError(sorted_problems(problems))
    said = document.log
    log = None if said is None else KnownLog(id=said.id, size=said.size, root=said.root)
    return Trust(program=document.program, lock=document.lock, log=log, keys=tuple(key for _, key in keys))


def named_key_files(path: Path) -> dict[str, bytes]:
    """Return the files that a sound trust file names, by their paths in its folder; keys that stand in it have none.

    Raises:
        ConfigurationError: A file cannot be read.
    """
    document = read_sheet(read_file(path), shown(path), TrustDocument).document
    named = [entry.public for entry in document.keys] if document is not None else []
    files = [PurePosixPath(text).as_posix() for text in named if not is_key_text(text)]
    return {name: read_file(path.parent / name) for name in dict.fromkeys(files)}


def _key(entry: KeyDocument, public: PublicKey) -> TrustKey:
    return TrustKey(
        id=entry.id,
        kind=entry.kind,
        public=public,
        start=entry.start,
        until=entry.until,
        bundles=tuple(entry.bundles or ()),
        side=Side(entry.office.partition(".")[0]) if entry.office else entry.side,
        office=entry.office,
        person=entry.person,
    )


def _public(sheet: Sheet, folder: Path, index: int, entry: KeyDocument, problems: list[Problem]) -> PublicKey | None:
    """Return the key of an entry; why there is none is added without the line, which may hold a secret."""
    where, text = str(sheet.at(("keys", index, "public")).position), entry.public
    try:
        if is_key_text(text):
            return public_key(text.encode())
        path = inside(folder, text)
        if said := path_mistake(text):
            problems.append(sheet.problem(("keys", index, "public"), "G142", f"{entry.id}: '{text}' {said}"))
            return None
        if path is None:
            what = f"{entry.id}: '{text}' leads out of the folder of the trust file"
            problems.append(sheet.problem(("keys", index, "public"), "G142", what, "copy the key beside it"))
            return None
        return public_key(read_file(path, hint="`gonogo key new` writes a key and its `.pub.pem`"))
    except UnusableKey as error:
        problems.append(Problem("G147", where, f"{entry.id}: {error.sentence}", hint=error.hint))
    except ConfigurationError as error:
        for each in error.problems:
            problems.append(Problem(each.code, where, f"{entry.id}: {each.where}: {each.what}", hint=each.hint))
    return None


def _fields(sheet: Sheet, index: int, entry: KeyDocument) -> Iterator[Problem]:
    """Yield what is missing or too much for the kind of an entry."""

    def mistake(key: str, what: str, hint: str = "") -> Problem:
        return sheet.problem(("keys", index, key), "G148", f"{entry.id}: {what}", hint)

    if entry.until < entry.start:
        yield mistake("until", f"the key ends on {entry.until}, before it begins on {entry.start}")
    if entry.kind is KeyKind.PERSON:
        if entry.office is None:
            hint = "`office: customer.program_manager` says for which seat it signs"
            yield mistake("office", "a person's key needs an office", hint)
        if entry.person is None:
            yield mistake("person", "a person's key needs the id of the person", "`person: ada.kirsch`")
        if entry.office and entry.side and entry.side != entry.office.partition(".")[0]:
            yield mistake(
                "side", f"the office {entry.office} does not belong to the side {entry.side}", "remove `side`"
            )
    else:
        for key in ("office", "person"):
            if getattr(entry, key) is not None:
                yield mistake(key, f"a {entry.kind} key has no {key}", "a person's key is of `kind: person`")
    if entry.kind is KeyKind.WITNESS and entry.side is None:
        yield mistake("side", "a witness needs a side", "`side: customer`, `provider` or `independent`")
    if entry.kind is not KeyKind.LOG and entry.bundles is not None:
        yield mistake("bundles", f"a {entry.kind} key deposits no evidence", "a depositor's key is of `kind: log`")
    if entry.kind is KeyKind.LOG and (entry.bundles is None) != (entry.side is None):
        what = "`bundles` and `side` belong together: for which bindings it may deposit, and on whose side"
        yield mistake("side" if entry.bundles is None else "bundles", what, "give both, or neither")


def _doubles(sheet: Sheet, document: TrustDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(document.keys):
        if entry.id in seen:
            what = f"two keys have the id '{entry.id}'"
            yield sheet.problem(("keys", index, "id"), "G123", what, "give each its own id")
        seen.add(entry.id)


def _contradictions(sheet: Sheet, keys: list[tuple[int, TrustKey]]) -> Iterator[Problem]:
    """Yield what two keys say that cannot both be: one key for two things, two keys for one person and office."""
    for (_, one), (index, other) in combinations(keys, 2):
        if one.public == other.public:
            if one.kind is not other.kind:
                what = f"{other.id}: the {other.kind} key is the {one.kind} key '{one.id}'; it would vouch for itself"
                yield sheet.problem(("keys", index, "public"), "G148", what, "give each its own key")
            elif one.person != other.person or (one.side and other.side and one.side is not other.side):
                whose = "two people" if one.person != other.person else "two sides"
                what = f"{other.id}: this is the key '{one.id}' again, for {whose}"
                yield sheet.problem(("keys", index, "public"), "G148", what, "give each its own key")
        elif one.person is not None and other.person is not None and one.office == other.office:
            alike = one.person == other.person or same_id(one.person, other.person)
            if alike and one.start <= other.until and other.start <= one.until:
                what = f"{other.id}: {other.person} has another key for {other.office} in those days: '{one.id}'"
                hint = "let the first end on the day before the second begins"
                yield sheet.problem(("keys", index, "person"), "G148", what, hint)
