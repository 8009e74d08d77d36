"""The tree of RFC 6962: its heads and proofs are those that other people's code gives, for every small size."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    LeafSpan,
    consistency_proof,
    continues,
    includes,
    inclusion_proof,
    root_of,
)

DATA = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""Heads of the trees over the first 0 to 8 of ``DATA``: the vectors of Certificate Transparency."""
INCLUSION = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
CONSISTENCY = {
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    )
}
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(text)).digest() for text in DATA]
MANY = [hashlib.sha256(b"\x00" + bytes([number])).digest() for number in range(23)]
OTHER = b"\x07" * 32


def plain(leaves: list[bytes]) -> bytes:
    """The definition of the tree head as RFC 6962 has it, with no thought for its cost."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + plain(leaves[:half]) + plain(leaves[half:])).digest()


class TestHead:
    @pytest.mark.parametrize("size", range(9))
    def test_it_is_that_of_certificate_transparency(self, size: int) -> None:
        """A head that only gonogo can compute proves nothing to anybody else."""
        assert root_of(LEAVES[:size]).hex() == ROOTS[size]

    @given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
    def test_the_frontier_gives_the_plain_definition_at_every_size(self, leaves: list[bytes]) -> None:
        """It is kept line by line, and never again computed from the leaves."""
        tree = Frontier()
        heads = [tree.root()]
        for leaf in leaves:
            tree.add(leaf)
            heads.append(tree.root())

        assert heads == [plain(leaves[:size]) for size in range(len(leaves) + 1)]
        assert (tree.size, len(tree.peaks)) == (len(leaves), len(leaves).bit_count())

    def test_a_copy_grows_apart(self) -> None:
        tree = Frontier()
        tree.add(MANY[0])
        copy = tree.copy()
        copy.add(MANY[1])

        assert (tree.root(), copy.root()) == (plain(MANY[:1]), plain(MANY[:2]))

    @given(st.integers(min_value=0, max_value=23))
    def test_it_reads_back_as_it_was_written(self, size: int) -> None:
        tree = Frontier()
        for leaf in MANY[:size]:
            tree.add(leaf)

        again = Frontier.from_document(tree.document())

        assert again == tree
        again.add(MANY[0])
        assert again.root() == plain([*MANY[:size], MANY[0]])

    @pytest.mark.parametrize(
        "document", [[], [1], [0, "00" * 32], [3, "00" * 32], [1, "00" * 31], [1, "00" * 33], [-1], [True, "00" * 32]]
    )
    def test_what_is_no_frontier_is_refused(self, document: list[object]) -> None:
        """Peaks are as many as the size has bits, and each has 32 bytes: fewer, the same, more."""
        with pytest.raises(ValueError, match=r"peaks|unpack"):
            Frontier.from_document(document)


class TestInclusion:
    @pytest.mark.parametrize(("place", "proof"), INCLUSION.items())
    def test_the_proof_is_that_of_certificate_transparency(
        self, place: tuple[int, int], proof: tuple[str, ...]
    ) -> None:
        assert [step.hex() for step in inclusion_proof(LEAVES, *place)] == list(proof)

    def test_every_proof_holds_for_its_leaf_its_place_and_its_tree_alone(self) -> None:
        """Of all sizes to 23: another leaf, place, size, head, or a proof that is shorter or longer, does not pass."""
        for size in range(1, len(MANY) + 1):
            root = root_of(MANY[:size])
            for index in range(size):
                proof = inclusion_proof(MANY, index, size)

                assert includes(MANY[index], index, size, proof, root)
                assert not includes(OTHER, index, size, proof, root)
                assert not includes(MANY[index], index, size, proof, OTHER)
                assert not includes(MANY[index], index, size, [*proof, OTHER], root)
                assert not proof or not includes(MANY[index], index, size, proof[:-1], root)
                others = [place for place in range(size) if includes(MANY[index], place, size, proof, root)]
                assert others == [index]

    @pytest.mark.parametrize(("index", "size"), [(-1, 8), (8, 8), (0, 0), (0, 9)])
    def test_no_leaf_has_no_proof(self, index: int, size: int) -> None:
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(LEAVES, index, size)

    @pytest.mark.parametrize(("index", "size"), [(-1, 1), (1, 1)])
    def test_a_place_outside_of_the_tree_is_not_in_it(self, index: int, size: int) -> None:
        assert includes(MANY[0], 0, 1, [], MANY[0])
        assert not includes(MANY[0], index, size, [], MANY[0])


class TestConsistency:
    @pytest.mark.parametrize(("sizes", "proof"), CONSISTENCY.items())
    def test_the_proof_is_that_of_certificate_transparency(
        self, sizes: tuple[int, int], proof: tuple[str, ...]
    ) -> None:
        assert [step.hex() for step in consistency_proof(LEAVES, *sizes)] == list(proof)

    def test_every_proof_holds_for_its_two_trees_alone(self) -> None:
        """Of all pairs to 23: a log with another past, or a proof of another pair, does not pass."""
        roots = [EMPTY_ROOT, *(root_of(MANY[:size]) for size in range(1, len(MANY) + 1))]
        for size in range(1, len(MANY) + 1):
            for old in range(1, size + 1):
                proof = consistency_proof(MANY, old, size)

                assert continues(old, roots[old], size, roots[size], proof)
                assert not continues(old, OTHER, size, roots[size], proof)
                assert not continues(old, roots[old], size, OTHER, proof)
                assert not continues(old, roots[old], size, roots[size], [*proof, OTHER])
                assert not proof or not continues(old, roots[old], size, roots[size], proof[:-1])
                assert not any(
                    continues(other, roots[old], size, roots[size], proof)
                    for other in range(1, size + 1)
                    if other != old
                )

    def test_a_log_that_changed_one_old_line_does_not_continue(self) -> None:
        """The whole tree was computed anew, with every hash right; only the past is another one."""
        old, size = 11, 23
        for place in range(old):
            forged = [*MANY[:place], OTHER, *MANY[place + 1 :]]

            assert not continues(old, root_of(MANY[:old]), size, root_of(forged), consistency_proof(forged, old, size))

    @pytest.mark.parametrize(("old", "size"), [(0, 8), (9, 8), (8, 9)])
    def test_no_tree_has_no_proof(self, old: int, size: int) -> None:
        with pytest.raises(ValueError, match="no trees"):
            consistency_proof(LEAVES, old, size)

    def test_a_shorter_log_continues_nothing(self) -> None:
        """Nor does an empty one prove that it is the beginning of another."""
        roots = [root_of(MANY[:size]) for size in range(5)]
        for old, size in pairwise((4, 3, 2)):
            assert not continues(old, roots[old], size, roots[size], [])
        assert not continues(0, roots[0], 4, roots[4], [])


class TestSpans:
    """A range of a log keeps its own leaves; joined to the tree before it, it gives the tree of the whole."""

    @pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 21])
    def test_a_tree_in_two_parts_is_the_tree(self, size: int) -> None:
        """Wherever it is divided; also at the size of a whole subtree, and one beside it."""
        leaves = [bytes([number]) * 32 for number in range(size)]
        for first in range(size + 1):
            before, span = Frontier(), LeafSpan(first, first)
            for leaf in leaves[:first]:
                before.add(leaf)
            for leaf in leaves[first:]:
                span.add(leaf)
            grown = span.added_to(before)
            assert (grown.size, grown.root()) == (size, root_of(leaves))
            assert before.size == first

    @pytest.mark.parametrize("first", [0, 1, 3, 4, 5, 8, 13])
    def test_many_leaves_at_once_are_the_same_as_one_by_one(self, first: int) -> None:
        """However many are added at a time: a subtree may be begun in one lot and end in the next."""
        leaves = [bytes([number]) * 32 for number in range(40)]
        for lot in (1, 2, 3, 7, 8, 40):
            one, many = LeafSpan(first, first), LeafSpan(first, first)
            for at in range(0, 40, lot):
                many.extend(leaves[at : at + lot])
                for leaf in leaves[at : at + lot]:
                    one.add(leaf)
                assert many == one

    @pytest.mark.parametrize("size", [2, 3, 4])
    def test_it_is_joined_only_where_it_begins(self, size: int) -> None:
        """Below, on and above: elsewhere it would give the tree of another log."""
        before, span = Frontier(), LeafSpan(3, 3)
        span.add(b"x" * 32)
        for number in range(size):
            before.add(bytes([number]) * 32)

        if size == 3:
            assert span.added_to(before).size == 4
        else:
            with pytest.raises(ValueError, match="does not end at 3"):
                span.added_to(before)

    def test_a_subtree_has_its_place(self) -> None:
        tree = Frontier()
        tree.add(b"x" * 32)

        with pytest.raises(ValueError, match="no place"):
            tree.add_node(b"y" * 32, 1)
        tree.add_node(b"y" * 32, 0)
        assert tree.size == 2
