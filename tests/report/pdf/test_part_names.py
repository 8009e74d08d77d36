"""Names that a browser counts: two prints of one page that counted otherwise become the same bytes."""

from __future__ import annotations

import io

import pikepdf
import pytest

from gonogo.report.pdf.part_names import count_anew


def printed(*numbers: int) -> pikepdf.Pdf:
    """Return a document with a heading of each number, an index of them, and a cell below all of them."""
    document = pikepdf.new()
    names = [pikepdf.String(f"node{number:08}") for number in numbers]
    headings = [document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.TH, ID=name)) for name in names]
    cell = pikepdf.Dictionary(S=pikepdf.Name.TD, A=pikepdf.Array([pikepdf.Dictionary(Headers=pikepdf.Array(names))]))
    index = pikepdf.Dictionary(
        Limits=pikepdf.Array([names[0], names[-1]]),
        Names=pikepdf.Array([part for pair in zip(names, headings, strict=True) for part in pair]),
    )
    document.Root.StructTreeRoot = document.make_indirect(
        pikepdf.Dictionary(
            K=pikepdf.Array([*headings, document.make_indirect(cell)]),
            IDTree=document.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([document.make_indirect(index)]))),
            Title=pikepdf.String("node00000001"),
        )
    )
    return document


def written(document: pikepdf.Pdf) -> bytes:
    count_anew(pikepdf, document)
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True)
    return stream.getvalue()


@pytest.mark.parametrize("numbers", [(104, 105, 659), (103, 104, 658), (9, 10, 99999999)])
def test_prints_that_counted_otherwise_become_the_same(numbers):
    """An inspector general compares digests."""
    assert written(printed(*numbers)) == written(printed(1, 2, 3))


def test_every_name_is_replaced_where_it_is_used_and_the_index_stays_sorted():
    """A cell that names a heading which is not there is read without it."""
    document = printed(7, 8)
    count_anew(pikepdf, document)
    root = document.Root.StructTreeRoot
    names = ["part00000000", "part00000001"]

    assert [str(heading.ID) for heading in list(root.K)[:2]] == names
    assert [str(name) for name in root.K[2].A[0].Headers] == names
    index = root.IDTree.Kids[0]
    assert [str(part) for part in list(index.Names)[::2]] == names
    assert [str(part) for part in index.Limits] == names
    assert str(root.Title) == "node00000001"


def test_two_documents_that_differ_in_more_stay_different():
    """Only the counting is taken away."""
    assert written(printed(1, 2, 3)) != written(printed(1, 2))
