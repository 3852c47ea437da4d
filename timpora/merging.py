"""Several PDF files bound into one, with bookmarks, and as readable aloud as its parts.

The cover gives title and metadata; the tags of every part follow its own. The whole says
of itself that it is archivable (PDF/A) and accessible (PDF/UA) if all of its parts do.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, NumberTree, OutlineItem, Pdf

MARKS = (b'pdfaid:part="3" pdfaid:conformance="A"', b"<pdfuaid:part>1</pdfuaid:part>")


@dataclass(frozen=True)
class Bound:
    """A file to be bound in: its bookmark, and the one above it that several share."""

    title: str
    content: bytes
    group: str = ""


def bind(
    cover: bytes,
    parts: Iterable[Bound],
    *,
    cover_title: str,
    after_each: Callable[[int], None] = lambda done: None,
) -> bytes:
    """The cover with every part behind it; ``after_each`` is told how many are in.

    Forms and signatures stay behind: in a copy they could only say that they are broken.
    """
    with Pdf.open(BytesIO(cover)) as whole:
        keeps_marks = is_marked(whole)
        bookmarks = [OutlineItem(cover_title, 0)]
        for done, part in enumerate(parts, 1):
            with Pdf.open(BytesIO(part.content)) as source:
                keeps_marks = is_marked(source) and keeps_marks
                bookmarks_below(bookmarks, part.group).append(
                    bookmark_of(part, source, first=len(whole.pages))
                )
                add(whole, source, part.title)
            after_each(done)
        with whole.open_outline() as outline:
            outline.root[:] = bookmarks
        # Fields stay with the originals, and with them the cover's own empty form.
        if "/AcroForm" in whole.Root:
            del whole.Root.AcroForm
        if not keeps_marks:
            take_off_marks(whole)
        out = BytesIO()
        whole.save(out, compress_streams=True, deterministic_id=True)
    return out.getvalue()


def pages_of(content: bytes) -> int:
    with Pdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def is_marked(pdf: Pdf) -> bool:
    """Says of itself that it is PDF/A-3a and PDF/UA-1, as our own papers do."""
    xmp = pdf.Root.get("/Metadata")
    return xmp is not None and all(mark in xmp.read_bytes() for mark in MARKS)


def is_marked_file(content: bytes) -> bool:
    with Pdf.open(BytesIO(content)) as pdf:
        return is_marked(pdf)


def take_off_marks(pdf: Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    for mark in MARKS:
        xmp = xmp.replace(mark, b"")
    pdf.Root.Metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)


def bookmarks_below(bookmarks: list[OutlineItem], group: str) -> list[OutlineItem]:
    """Where the next bookmark goes: below that of its group, which starts with it."""
    if not group:
        return bookmarks
    if bookmarks[-1].title != group:
        bookmarks.append(OutlineItem(group))
    below: list[OutlineItem] = bookmarks[-1].children
    return below


def bookmark_of(part: Bound, source: Pdf, *, first: int) -> OutlineItem:
    """The part's bookmark, its own headings below it, closed until somebody opens it."""
    numbers = {page.obj.objgen: n for n, page in enumerate(source.pages, first)}
    bookmark = OutlineItem(part.title, first)
    with source.open_outline() as outline:
        bookmark.children.extend(moved(outline.root, numbers))
    bookmark.is_closed = True
    return bookmark


def moved(
    items: Iterable[OutlineItem], numbers: dict[tuple[int, int], int]
) -> Iterator[OutlineItem]:
    """The same headings where their pages are now; one that leads elsewhere is left."""
    for item in items:
        target = item.destination
        if not isinstance(target, Array) or target[0].objgen not in numbers:
            continue
        heading = OutlineItem(item.title, numbers[target[0].objgen])
        heading.children.extend(moved(item.children, numbers))
        yield heading


def add(whole: Pdf, source: Pdf, title: str) -> None:
    """Pages with their links, then the tags, which lead to the pages just copied."""
    is_tagged = "/StructTreeRoot" in source.Root and "/StructTreeRoot" in whole.Root
    if is_tagged:
        forget_forms(source)
        move_tags(source, by=next_tag(whole))
    whole.add_pages_from(source, forms="strip", outlines="ignore")
    if is_tagged:
        add_tags(whole, whole.copy_foreign(source.Root.StructTreeRoot), title)


def next_tag(pdf: Pdf) -> int:
    return max(NumberTree(pdf.Root.StructTreeRoot.ParentTree), default=-1) + 1


def forget_forms(source: Pdf) -> None:
    """No tag may lead to a field that does not come along."""
    tags = NumberTree(source.Root.StructTreeRoot.ParentTree)
    for page in source.pages:
        for annotation in page.obj.get("/Annots", []):
            key = int(annotation.get("/StructParent", -1))
            if annotation.Subtype == Name.Widget and key in tags:
                element = tags[key]
                element.P.K = Array(
                    kid for kid in as_array(element.P.K) if not is_same(kid, element)
                )
                del tags[key]


def move_tags(source: Pdf, *, by: int) -> None:
    """Each page and link names its tags by a number; the whole has each number once."""
    for thing in source.objects:
        if isinstance(thing, Dictionary) or hasattr(thing, "stream_dict"):
            for name in ("/StructParents", "/StructParent"):
                if name in thing:
                    thing[name] = int(thing[name]) + by
    root = source.Root.StructTreeRoot
    tags = NumberTree.new(source)
    for number, element in NumberTree(root.ParentTree).items():
        tags[number + by] = element
    root.ParentTree = tags.obj


def add_tags(whole: Pdf, copied: Any, title: str) -> None:
    root = whole.Root.StructTreeRoot
    document = as_array(root.K)[0]
    for element in as_array(copied.K):
        element.S = Name.Part
        element.T = title
        element.P = document
        document.K = Array([*as_array(document.K), element])
    tags = NumberTree(root.ParentTree)
    for number, element in NumberTree(copied.ParentTree).items():
        tags[number] = element
    if "/RoleMap" in copied:
        roles = dict(root.get("/RoleMap", {}).items()) | dict(copied.RoleMap.items())
        root.RoleMap = Dictionary(roles)


def as_array(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [kids]


def is_same(one: Any, other: Any) -> bool:
    indirect = hasattr(one, "objgen") and one.is_indirect
    return indirect and one.objgen == other.objgen
