"""Parts of one paper written into one file, each forgotten once it is written.

A PDF library keeps every object of a file in memory, and the tags of a long paper are
hundreds of thousands. So this writes objects as they come, packed by the hundred, and
remembers of each only where it stands.
"""

import hashlib
import re
import struct
import zlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name, NumberTree, Pdf

# References as the library writes them, past the strings and names that look like one.
REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-f]+>|/[^\s/<>\[\]()]+|(\d+) 0 R")
CATALOG, PAGES, TAGS, DOCUMENT, NUMBERS = range(1, 6)
PER_STREAM = 200
# Of the first part, rewritten here for all of them.
REWRITTEN = {"/Pages", "/StructTreeRoot", "/Outlines", "/AcroForm"}


@dataclass(frozen=True)
class Bookmark:
    """A heading: how deep, its words, the page counted from 0, and where on it (points)."""

    level: int
    title: str
    page: int
    left: float
    top: float


class Joined:
    """One PDF that parts are added to in their order; the first brings what stands once."""

    def __init__(self) -> None:
        self.out = BytesIO()
        self.out.write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
        self.last = NUMBERS
        # Seven bytes for each object: plain or packed, and where.
        self.places = bytearray()
        self.packed: list[tuple[int, bytes]] = []
        self.streams: dict[bytes, int] = {}
        self.catalog: dict[str, bytes] = {}
        self.info = b""
        self.pages: list[bytes] = []
        self.kids: list[bytes] = []
        self.kids_at_the_end: list[bytes] = []
        self.numbers: list[bytes] = []
        self.fields: list[bytes] = []

    def add(self, part: Pdf, *, read_last: int = 0) -> None:
        """Everything that the pages and tags of ``part`` lead to; its pages and tags have
        numbers of their own already. The ``read_last`` last tags follow all others."""
        root, tags = part.Root, part.Root.StructTreeRoot
        copy = Copy(self, part)
        for own, shared in (
            (root.Pages, PAGES),
            (tags, TAGS),
            (tags.K[0], DOCUMENT),
        ):
            copy.numbers[own.objgen[0]] = shared
        if not self.pages:
            self.catalog = {
                name: copy.written(value)
                for name, value in root.items()
                if name not in REWRITTEN
            }
            self.info = copy.written(part.trailer.Info)
        self.pages += [copy.written(page.obj) for page in part.pages]
        kids = [copy.written(kid) for kid in tags.K[0].K.as_list()]
        self.kids += kids[: len(kids) - read_last]
        self.kids_at_the_end += kids[len(kids) - read_last :]
        self.fields += [copy.written(field) for field in root.AcroForm.Fields]
        entries = [
            (number, copy.written(tag))
            for number, tag in NumberTree(tags.ParentTree).items()
        ]
        self.numbers.append(
            b"<< /Limits [ %d %d ] /Nums [ %s ] >>"
            % (
                entries[0][0],
                entries[-1][0],
                b" ".join(b"%d %s" % entry for entry in entries),
            )
        )
        copy.finish()

    def new(self) -> int:
        self.last += 1
        return self.last

    def finish(self, bookmarks: Iterable[Bookmark]) -> bytes:
        """The whole file, with the tree of its headings."""
        self.pack(
            DOCUMENT,
            b"<< /K %s /P %d 0 R /S /Document /Type /StructElem >>"
            % (array(self.kids + self.kids_at_the_end), TAGS),
        )
        leaves = [self.new() for _leaf in self.numbers]
        for number, leaf in zip(leaves, self.numbers, strict=True):
            self.pack(number, leaf)
        self.pack(NUMBERS, b"<< /Kids %s >>" % array(map(reference, leaves)))
        self.pack(
            TAGS,
            b"<< /K [ %d 0 R ] /ParentTree %d 0 R /Type /StructTreeRoot >>"
            % (DOCUMENT, NUMBERS),
        )
        form = self.new()
        self.pack(form, b"<< /Fields %s >>" % array(self.fields))
        self.catalog |= {
            "/AcroForm": reference(form),
            "/Outlines": self.outline(bookmarks),
            "/Pages": reference(PAGES),
            "/StructTreeRoot": reference(TAGS),
        }
        self.flush()
        # Plain, so that who asks how many pages there are need not unpack a single one.
        self.write(
            PAGES,
            b"<< /Count %d /Kids %s /Type /Pages >>"
            % (len(self.pages), array(self.pages)),
        )
        self.write(CATALOG, dictionary(self.catalog))
        self.write_end()
        return self.out.getvalue()

    def outline(self, bookmarks: Iterable[Bookmark]) -> bytes:
        """Headings below the last one above them; answers a reference to their root."""
        root = Heading(self.new())
        above = [(0, root)]
        for mark in bookmarks:
            while above[-1][0] >= mark.level:
                above.pop()
            heading = Heading(self.new(), self.facts_of(mark))
            above[-1][1].below.append(heading)
            above.append((mark.level, heading))
        self.write_heading(root, {"/Type": b"/Outlines"})
        return reference(root.number)

    def facts_of(self, mark: Bookmark) -> dict[str, bytes]:
        place = b"%.6f %.6f" % (mark.left, mark.top)
        return {
            "/Dest": b"[ %s /XYZ %s 0 ]" % (self.pages[mark.page], place),
            "/Title": pikepdf.String(mark.title).unparse(),
        }

    def write_heading(self, heading: "Heading", links: dict[str, bytes]) -> int:
        """Write ``heading`` with all below it, and answer how many those are."""
        below, count = heading.below, 0
        for place, one in enumerate(below):
            around = {"/Parent": reference(heading.number)}
            if place:
                around["/Prev"] = reference(below[place - 1].number)
            if place + 1 < len(below):
                around["/Next"] = reference(below[place + 1].number)
            count += 1 + self.write_heading(one, around)
        facts = heading.facts | links
        if below:
            facts |= {
                "/Count": b"%d" % count,
                "/First": reference(below[0].number),
                "/Last": reference(below[-1].number),
            }
        self.pack(heading.number, dictionary(facts))
        return count

    def pack(self, number: int, content: bytes) -> None:
        self.packed.append((number, content))
        if len(self.packed) == PER_STREAM:
            self.flush()

    def flush(self) -> None:
        """Write what is packed up to now as one stream."""
        if not self.packed:
            return
        stream, heads, bodies, at = self.new(), [], [], 0
        for place, (number, content) in enumerate(self.packed):
            self.note(number, 2, stream, place)
            heads.append(b"%d %d" % (number, at))
            bodies.append(content)
            at += len(content) + 1
        head = b" ".join(heads) + b"\n"
        facts = {
            "/First": b"%d" % len(head),
            "/N": b"%d" % len(heads),
            "/Type": b"/ObjStm",
        }
        self.write_packed(stream, facts, head + b"\n".join(bodies))
        self.packed = []

    def write_packed(self, number: int, facts: dict[str, bytes], data: bytes) -> None:
        packed = zlib.compress(data)
        if packed.endswith((b"\r", b"\n")):
            # A line break of its own has to stand before "endstream".
            packed += b"\0"
        self.write(number, stream_of(facts | {"/Filter": b"/FlateDecode"}, packed))

    def write(self, number: int, content: bytes) -> None:
        self.note(number, 1, self.out.tell(), 0)
        self.out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def note(self, number: int, kind: int, place: int, index: int) -> None:
        missing = 7 * (number + 1) - len(self.places)
        self.places.extend(b"\0" * missing)
        struct.pack_into(">BIH", self.places, 7 * number, kind, place, index)

    def write_end(self) -> None:
        start, table = self.out.tell(), self.new()
        self.note(table, 1, start, 0)
        struct.pack_into(">BIH", self.places, 0, 0, 0, 65535)
        digest = hashlib.sha256(self.out.getbuffer()).hexdigest()[:32].encode()
        facts = {
            "/ID": b"[ <%s> <%s> ]" % (digest, digest),
            "/Info": self.info,
            "/Root": reference(CATALOG),
            "/Size": b"%d" % (table + 1),
            "/Type": b"/XRef",
            "/W": b"[ 1 4 2 ]",
        }
        self.write_packed(table, facts, bytes(self.places))
        self.out.write(b"startxref\n%d\n%%%%EOF\n" % start)


class Copy:
    """The objects of one part under their numbers in the whole."""

    def __init__(self, whole: Joined, part: Pdf) -> None:
        self.whole, self.part = whole, part
        self.numbers: dict[int, int] = {}
        self.waiting: deque[int] = deque()

    def written(self, value: Any) -> bytes:
        """``value`` as it stands inside another object: whole, or by its number."""
        return self.translated(pikepdf.Array([value]).unparse()[2:-2])

    def translated(self, text: bytes) -> bytes:
        return REFERENCE.sub(self.renumbered, text)

    def renumbered(self, match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]
        return reference(self.number(int(match[1])))

    def number(self, own: int) -> int:
        if own not in self.numbers:
            item = self.part.get_object((own, 0))
            digest = digest_of(item) if isinstance(item, pikepdf.Stream) else None
            number = self.whole.streams.get(digest) if digest else None
            if number is None:
                number = self.whole.new()
                self.waiting.append(own)
                if digest:
                    self.whole.streams[digest] = number
            self.numbers[own] = number
        return self.numbers[own]

    def finish(self) -> None:
        """Write what was only named up to now, and what that names."""
        while self.waiting:
            own = self.waiting.popleft()
            item = self.part.get_object((own, 0))
            if isinstance(item, pikepdf.Stream):
                facts = {
                    name: self.written(value)
                    for name, value in item.stream_dict.items()
                    if name != Name.Length
                }
                data = item.read_raw_bytes()
                self.whole.write(self.numbers[own], stream_of(facts, data))
            else:
                content = self.translated(item.unparse(resolved=True))
                self.whole.pack(self.numbers[own], content)


@dataclass
class Heading:
    number: int
    facts: dict[str, bytes] = field(default_factory=dict)
    below: list["Heading"] = field(default_factory=list)


def digest_of(stream: pikepdf.Stream) -> bytes | None:
    """What is the same in two parts stands once: a font, a profile, an image. None for
    what names other objects, which another part numbers otherwise."""
    facts = stream.stream_dict.unparse(resolved=True)
    if any(found[1] for found in REFERENCE.finditer(facts)):
        return None
    return hashlib.sha256(facts + stream.read_raw_bytes()).digest()


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def array(items: Iterable[bytes]) -> bytes:
    return b"[ %s ]" % b" ".join(items)


def dictionary(facts: dict[str, bytes]) -> bytes:
    inside = b" ".join(
        name.encode() + b" " + value for name, value in sorted(facts.items())
    )
    return b"<< %s >>" % inside


def stream_of(facts: dict[str, bytes], data: bytes) -> bytes:
    facts = facts | {"/Length": b"%d" % len(data)}
    return b"%s\nstream\n%s\nendstream" % (dictionary(facts), data)
