"""The tree of tags as PDF/UA-1 asks for it, where Chromium writes it for newer readers or leaves something out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

ROLES: Final = {
    "/Aside": "/Sect",
    "/DocumentFragment": "/Div",
    "/Em": "/Span",
    "/FENote": "/Note",
    "/Strong": "/Span",
    "/Sub": "/Span",
    "/Title": "/P",
}
"""Tags that PDF 2.0 brought, and what they are for a reader of PDF 1.7."""

Words = Mapping[tuple[tuple[int, int], int], str]
"""The text of each tagged piece of content, by the page's object number and the piece's number there."""


def mend_tags(library: Any, document: Any, words: Words) -> None:
    """Mend the tree of an open document.

    - Newer tags get a role that older readers know.
    - What a list item holds beside its label is its body.
    - A figure around a picture and its table is a group; the picture in it is the figure, and has a description.
    - A link says in its description what is shown.

    Args:
        library: pikepdf.
        document: An open document with a tree of tags.
        words: What its pages show.
    """
    tree = Tree(library)
    root = document.Root.StructTreeRoot
    roles = {}
    for element, page in list(tree.elements(root)):
        kind = str(element.S)
        if kind in ROLES:
            roles[kind] = library.Name(ROLES[kind])
        elif kind == "/LI":
            _give_a_body(library, document, element, page)
        elif kind == "/Link":
            _describe_link(library, element, page, words)
        elif kind == "/Figure" and "/Alt" not in element and any(map(tree.is_element, tree.kids(element))):
            element.S = library.Name.Div
    if roles:
        root.RoleMap = library.Dictionary({**dict(root.get("/RoleMap", {}).items()), **roles})


def _give_a_body(library: Any, document: Any, item: Any, page: Any) -> None:
    """Put what a list item holds beside its label into a body."""
    tree = Tree(library)
    labels = [kid for kid in tree.kids(item) if tree.is_element(kid) and str(kid.S) in ("/Lbl", "/LBody")]
    rest = [kid for kid in tree.kids(item) if not (tree.is_element(kid) and str(kid.S) in ("/Lbl", "/LBody"))]
    if not rest:
        return
    body = library.Dictionary(Type=library.Name.StructElem, S=library.Name.LBody, P=item, K=library.Array(rest))
    if page is not None:
        body.Pg = page
    body = document.make_indirect(body)
    parents = library.NumberTree(document.Root.StructTreeRoot.ParentTree)
    for kid in rest:
        if tree.is_element(kid):
            kid.P = body
        elif isinstance(kid, int):
            parents[int(page.StructParents)][kid] = body
        elif "/MCID" in kid:
            parents[int(kid.get("/Pg", page).StructParents)][int(kid.MCID)] = body
        elif "/Obj" in kid:
            parents[int(kid.Obj.StructParent)] = body
    item.K = library.Array([*labels, body])


def _describe_link(library: Any, link: Any, page: Any, words: Words) -> None:
    """Give each area of a link the words that are shown there."""
    tree = Tree(library)
    inside = [(link, page), *tree.elements(link, page)]
    kids = [(kid, at) for element, at in inside for kid in tree.kids(element) if not tree.is_element(kid)]
    pieces = []
    for kid, at in kids:
        if isinstance(kid, int) or "/MCID" in kid:
            at = at if isinstance(kid, int) else kid.get("/Pg", at)
            pieces.append(words.get((at.objgen, kid if isinstance(kid, int) else int(kid.MCID)), ""))
    text = " ".join(piece for piece in pieces if piece)
    for kid, _at in kids:
        if not isinstance(kid, int) and "/Obj" in kid and "/Contents" not in kid.Obj:
            kid.Obj.Contents = text or str(kid.Obj.get("/Dest", "link")).lstrip("/")


@dataclass(frozen=True, slots=True)
class Tree:
    """How to walk a tree of tags.

    Attributes:
        library: pikepdf.
    """

    library: Any

    def kids(self, node: Any) -> list[Any]:
        """Return what a node holds: elements, numbers of content, references."""
        kids = node.get("/K")
        return [] if kids is None else list(kids) if isinstance(kids, self.library.Array) else [kids]

    def is_element(self, node: Any) -> bool:
        """Return whether a node has a tag of its own."""
        return isinstance(node, self.library.Dictionary) and "/S" in node

    def elements(self, node: Any, page: Any = None) -> Iterator[tuple[Any, Any]]:
        """Yield every element below a node in the order of reading, each with its page."""
        left = [(kid, page) for kid in reversed(self.kids(node))]
        while left:
            element, page = left.pop()
            if self.is_element(element):
                page = element.get("/Pg", page)
                yield element, page
                left += [(kid, page) for kid in reversed(self.kids(element))]
