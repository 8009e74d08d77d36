"""Documents whose structure is spoiled: still JSON, XML, lines or a workbook, and no longer what was written.

Two kinds of defects. What ``hides`` takes away how an entry is described, says a thing twice, changes a type or the
order: after none of them may a document read better. What ``states`` changes what the document says (a number, a
word, an entry that is gone): a reader may believe it, but must end with an answer or a refusal.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator, Set
from typing import Any
from xml.etree import ElementTree

from tests.spoiled import MUTANTS, SEED

NUMBERS = ["0", "-1", "1", "1e400", "0.5", "9" * 30, "NaN", "1,5", "٣"]
WORDS = ["", " ", "x" * 5000, "\u202e", "=1+1", "2027-02-30", "0000-00-00T00:00:00Z", "null", "İ", "\ud7ff\uffff"]


def restructured(
    data: bytes,
    *,
    states: bool = False,
    spared: Set[str] = frozenset(),
    count: int = MUTANTS,
    seed: int = SEED,
) -> Iterator[bytes]:
    """Yield copies with one or two defects of structure each.

    Args:
        data: A sound document: a workbook, JSON, XML, or lines with commas, tabs or semicolons.
        states: Whether defects may change what it says, too.
        spared: Keys and attributes that stay, because their absence means something in the format; ``rows`` where two
            equal ones are two, ``order`` where the order says what is what.
        count: How many copies.
        seed: Of the random numbers; the same gives the same copies.
    """
    chance = random.Random(f"{seed}/{states}/{len(data)}")
    head = data.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    if data.startswith(b"PK"):
        spoil = _workbook
    elif head in (b"{", b"["):
        spoil = _json
    elif head == b"<":
        spoil = _xml
    else:
        spoil = _lines
    for _ in range(count):
        yield spoil(data, chance, states, spared)


def planted(data: bytes, text: str, *, most: int = 40) -> Iterator[bytes]:
    """Yield copies of JSON, XML or lines with a text in the place of one value each; values are picked evenly."""
    head = data.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    if head in (b"{", b"["):
        count = len(_values(json.loads(data)))
    elif head == b"<":
        count = len(_texts(ElementTree.fromstring(data)))
    else:
        count = len(_CELL.findall(data.decode("utf-8", "replace")))
    for number in range(0, count, max(1, count // most)):
        if head in (b"{", b"["):
            tree = json.loads(data)
            owner, key = _values(tree)[number]
            owner[key] = text
            yield json.dumps(tree).encode()
        elif head == b"<":
            root = ElementTree.fromstring(data)
            element, name = _texts(root)[number]
            if name:
                element.set(name, text)
            else:
                element.text = text
            yield ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        else:
            lines = data.decode("utf-8", "replace")
            found = list(_CELL.finditer(lines))[number]
            yield (lines[: found.start()] + text + lines[found.end() :]).encode()


_CELL = re.compile(r"[^,\t\r\n ]+")


def _values(tree: Any) -> list[tuple[Any, Any]]:
    return [(owner, key) for owner, key in _places(tree) if not isinstance(owner[key], (dict, list))]


def _texts(root: Any) -> list[tuple[Any, str]]:
    found = [(element, name) for element in root.iter() for name in element.attrib]
    return found + [(element, "") for element in root.iter() if not len(element)]


# JSON -----------------------------------------------------------------------------------------------------------------


def _json(data: bytes, chance: random.Random, states: bool, spared: Set[str]) -> bytes:
    holder = {"": json.loads(data)}
    for _ in range(chance.randint(1, 2)):
        places = [(owner, key) for owner, key in _places(holder) if key not in spared]
        if not places:
            break
        owner, key = chance.choice(places)
        (_json_stated if states and chance.random() < 0.6 else _json_hidden)(owner, key, chance)
    return json.dumps(holder.get(""), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _places(owner: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(owner) if isinstance(owner, dict) else range(len(owner)):
        yield owner, key
        if isinstance(owner[key], (dict, list)):
            yield from _places(owner[key])


def _json_hidden(owner: Any, key: Any, chance: random.Random) -> None:
    value = owner[key]
    match chance.randrange(7):
        case 0 if isinstance(owner, dict):  # a key is gone, with all that it says
            del owner[key]
        case 1 if isinstance(owner, dict) and key:  # it is spelt otherwise
            owner[chance.choice([key.upper(), key + " ", key[:-1], f"x-{key}"])] = owner.pop(key)
        case 2 if isinstance(owner, list):  # an entry is there twice
            owner.insert(chance.randrange(len(owner) + 1), copy.deepcopy(value))
        case 3 if isinstance(owner, list):  # the order is another
            chance.shuffle(owner)
        case 4:  # a value is of another type
            other = [None, [value], {"value": value}, str(value), True, 7]
            owner[key] = chance.choice(other if isinstance(value, list) else [*other, [], {}])
        case 5 if isinstance(value, dict) and isinstance(owner, dict):  # one becomes several, or lies deeper
            owner[key] = [copy.deepcopy(value), copy.deepcopy(value)]
        case _:  # something is there that the format does not know
            if isinstance(value, dict):
                value["unheard-of"] = {"of": [1]}
            elif isinstance(value, list):
                value.append(chance.choice([None, {}, [], "entry", 1]))
            else:
                owner[key] = {}


def _json_stated(owner: Any, key: Any, chance: random.Random) -> None:
    value = owner[key]
    match chance.randrange(4):
        case 0 if isinstance(owner, list):
            del owner[key]
        case 1 if isinstance(value, list):
            value.clear()
        case 2:
            other, name = chance.choice(list(_places(owner)))
            owner[key], other[name] = copy.deepcopy(other[name]), copy.deepcopy(value)
        case _:
            text = chance.choice(NUMBERS + WORDS)
            owner[key] = chance.choice([text, 0, -1, 10**30, 0.1, 1e308, text])


# XML ------------------------------------------------------------------------------------------------------------------


def _xml(data: bytes, chance: random.Random, states: bool, spared: Set[str]) -> bytes:
    root = ElementTree.fromstring(data)
    for _ in range(chance.randint(1, 2)):
        pairs = [(parent, child) for parent in root.iter() for child in parent]
        parent, child = chance.choice(pairs) if pairs else (root, root)
        (_xml_stated if states and chance.random() < 0.6 else _xml_hidden)(parent, child, chance, spared)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _xml_hidden(parent: Any, child: Any, chance: random.Random, spared: Set[str]) -> None:
    names = [name for name in child.attrib if name not in spared]
    match chance.randrange(6):
        case 0 if names:  # an attribute is gone
            del child.attrib[chance.choice(names)]
        case 1 if names:  # an attribute is spelt otherwise
            name = chance.choice(names)
            child.attrib[chance.choice([name.upper(), f"x{name}"])] = child.attrib.pop(name)
        case 2 if parent is not child:  # an element is there twice
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(child))
        case 3 if "order" not in spared:  # the order is another
            order = list(parent)
            chance.shuffle(order)
            parent[:] = order
        case 4:  # an element is called otherwise, or is in another namespace
            child.tag = chance.choice([f"x{child.tag}", "{urn:x}" + child.tag.rpartition("}")[2], child.tag.upper()])
        case _:  # an element lies deeper, or text lies where none belongs
            if chance.random() < 0.5:
                inner = copy.deepcopy(child)
                child[:] = [inner]
            else:
                child.text = (child.text or "") + "text"


def _xml_stated(parent: Any, child: Any, chance: random.Random, spared: Set[str]) -> None:
    words = [word for word in NUMBERS + WORDS if "\uffff" not in word]
    match chance.randrange(4):
        case 0 if parent is not child:
            parent.remove(child)
        case 1 if child.attrib:
            child.attrib[chance.choice(list(child.attrib))] = chance.choice(words)
        case 2 if len(child.attrib) > 1:
            one, other = chance.sample(list(child.attrib), 2)
            child.attrib[one], child.attrib[other] = child.attrib[other], child.attrib[one]
        case _:
            child.text = chance.choice(words)


# Lines ----------------------------------------------------------------------------------------------------------------


def _lines(data: bytes, chance: random.Random, states: bool, spared: Set[str]) -> bytes:
    text = data.decode("utf-8-sig", "replace")
    mark = next((mark for mark in "\t;," if mark in text.partition("\n")[0]), None)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark or ",")) if mark else _words(text)
    for _ in range(chance.randint(1, 2)):
        (_rows_stated if states and chance.random() < 0.6 else _rows_hidden)(rows, chance, spared)
    if mark is None:
        return "\n".join(" ".join(row) for row in rows).encode() + b"\n"
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=mark, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


def _words(text: str) -> list[list[str]]:
    return [line.split(" ") for line in text.splitlines()]


def _rows_hidden(rows: list[list[str]], chance: random.Random, spared: Set[str]) -> None:
    at = chance.randrange(len(rows))
    row = rows[at]
    place = chance.randrange(len(row)) if row else 0
    match chance.randrange(7):
        case 0 if "rows" not in spared:  # a row is there twice
            rows.insert(at, list(row))
        case 1:  # the order of the rows is another
            body = rows[1:]
            chance.shuffle(body)
            rows[1:] = body
        case 2 if row:  # a cell too few
            del row[place]
        case 3:  # a cell too many
            row.insert(place, "")
        case 4 if row:  # a heading is spelt otherwise
            heading = rows[0]
            name = chance.randrange(len(heading)) if heading else 0
            if heading:
                heading[name] = chance.choice([heading[name].upper() + "x", "", " " + heading[name]])
        case 5:  # a heading is there twice
            rows[0].append(chance.choice(rows[0]) if rows[0] else "")
        case _:  # a blank line, a line of blanks, the header again
            rows.insert(at, chance.choice([[], ["" for _ in row], list(rows[0])]))


def _rows_stated(rows: list[list[str]], chance: random.Random, spared: Set[str]) -> None:
    at = chance.randrange(len(rows))
    row = rows[at]
    place = chance.randrange(len(row)) if row else 0
    match chance.randrange(4):
        case 0 if len(rows) > 2:
            del rows[at]
        case 1 if row:
            other = chance.randrange(len(row))
            row[place], row[other] = row[other], row[place]
        case 2 if row:
            row[place] = ""
        case _ if row:
            row[place] = chance.choice([word for word in NUMBERS + WORDS if "\uffff" not in word])
        case _:
            pass


# Workbooks ------------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, chance: random.Random, states: bool, spared: Set[str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inner = [name for name in parts if name.endswith((".xml", ".rels"))]
    sheets = [name for name in inner if re.search(r"/worksheets/sheet|sharedStrings|/slides/slide", name)]
    name = chance.choice(sheets if sheets and chance.random() < 0.7 else inner)
    parts[name] = _xml(parts[name], chance, states, spared)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
