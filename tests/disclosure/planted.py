"""Files with a name hidden in them, each in a place of its own, and the same files without it.

The people are invented. `PLANTS` maps what was done to a file's name and bytes; `TEMPLATE` holds clean files.
"""

import base64
import gzip
import io
import struct
import zipfile
import zlib
from functools import cache

import pikepdf
import typst
from openpyxl import Workbook
from openpyxl.comments import Comment

from coachdesk.disclosure.needles import Identity

PEOPLE = (
    Identity("Siobhán", "O'Neill", "", "vonnegan@lakeside.example", "Room 40", ("EMP-7719", "104233")),
    Identity("Maria", "Jones-Baker", "Masha", "mjb@lakeside.example", "B12", ()),
    Identity("Li", "Wu", "", "88123@lakeside.example", "", ("10",)),
    Identity("William Margaret", "Đỗ-Santos", "", "w.santos@lakeside.example", "Gym", ()),
)
SENTENCE = "In my work with teachers: half or more"


@cache
def pdf(body: str = SENTENCE) -> bytes:
    text = f'#set document(title: "Coaching summary", date: none)\n#set page(height: 9cm)\n{body}'
    return typst.compile(text.encode(), format="pdf")


def html(body: str = SENTENCE, head: str = "") -> bytes:
    title = f"<head><title>Summary</title>{head}</head>"
    return f"<!doctype html><html>{title}<body><p>{body}</p></body></html>".encode()


def csv(line: str = SENTENCE) -> str:
    return f"Part,Line\r\nPage,{line}\r\n"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    found = b"\x89PNG\r\n\x1a\n"
    for label, content in ((b"IHDR", header), *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")):
        found += (
            struct.pack(">I", len(content)) + label + content + struct.pack(">I", zlib.crc32(label + content))
        )
    return found


def archive(
    name: str = "page.csv", content: str | bytes = SENTENCE, comment: str = "", extra: bytes = b""
) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.extra = extra
        packed.writestr(entry, content)
        packed.comment = comment.encode()
    return data.getvalue()


def workbook(cell: str = SENTENCE, author: str = "", note: str = "", hidden: str = "Page") -> bytes:
    book = Workbook()
    book.active["A1"] = cell
    book.properties.creator = author
    if note:
        book.active["A1"].comment = Comment(note, "")
    book.create_sheet(hidden).sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def changed_pdf(change) -> bytes:
    """The template's PDF after `change` had its way with it."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        data = io.BytesIO()
        document.save(data)
    return data.getvalue()


def drawn(content: bytes):
    """Draw a content stream in Helvetica on top of the first page."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.FX)
        page.contents_add(document.make_stream(b"BT /FX 12 Tf 20 20 Td " + content + b" ET"))

    return change


def author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "S. O'Neill"


def properties(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as kept:
        kept["dc:creator"] = ["Maria Jones"]


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["page.csv"] = b"Jones-Baker"


def attachment_name(document: pikepdf.Pdf) -> None:
    document.attachments["santos.csv"] = b"Page"


def spoken(document: pikepdf.Pdf) -> None:
    document.Root["/Alt"] = pikepdf.String("Siobhán")


def undecoded_string(document: pikepdf.Pdf) -> None:
    document.Root["/Note"] = pikepdf.String(b"\x8f\x9f Jones-Baker \x9f\x81")


def old_revision() -> bytes:
    packed = zlib.compress(b"(Jones-Baker was here)")
    orphan = b"999 0 obj <</Filter /FlateDecode /Length %d>> stream\n%s\nendstream endobj\n" % (
        len(packed),
        packed,
    )
    return pdf().replace(b"startxref", orphan + b"startxref")


def data_uri(kind: str, data: bytes) -> str:
    return f"<img src='data:{kind};base64,{base64.b64encode(data).decode()}'>"


PLANTS: dict[str, tuple[str, bytes]] = {
    "file name": ("coaching_oneill_oct.csv", csv().encode()),
    "file name, url-encoded": ("summary-O%27Neill.csv", csv().encode()),
    "file name, initials": ("summary-so.csv", csv().encode()),
    "cell": ("a.csv", csv("Jones-Baker").encode()),
    "cell without accents": ("a.csv", csv("siobhan").encode()),
    "cell in Latin-1": ("a.csv", csv("Siobhán").encode("latin-1")),
    "cell in UTF-16": ("a.csv", csv("Jones-Baker").encode("utf-16")),
    "cell in UTF-16 without a mark": ("a.csv", csv("Jones-Baker").encode("utf-16-be")),
    "cell, letters that no accent folding undoes": ("a.csv", csv("Do-Santos").encode()),
    "cell, curly apostrophe": ("a.csv", csv("O’Neill").encode()),
    "cell, half of a double name": ("a.csv", csv("Ms. Baker").encode()),
    "cell, nickname": ("a.csv", csv("with Billy").encode()),
    "cell, nickname of a second name": ("a.csv", csv("with Peggy").encode()),
    "cell, preferred name": ("a.csv", csv("masha's").encode()),
    "cell, short name": ("a.csv", csv("with Li.").encode()),
    "cell, initials": ("a.csv", csv("M.J.-B. and more").encode()),
    "cell, e-mail": ("a.csv", csv("ask vonnegan").encode()),
    "cell, room by number": ("a.csv", csv("in rm. 40").encode()),
    "cell, room by name": ("a.csv", csv("in B-12").encode()),
    "cell, employee number": ("a.csv", csv("104233").encode()),
    "cell, number of an e-mail": ("a.csv", csv("88123").encode()),
    "cell, login": ("a.csv", csv("emp-7719").encode()),
    "cell as long as a book": ("a.csv", csv("half " * 30_000 + "Wu").encode()),
    "cell cut by quotes": ("a.csv", csv('"Jones-Ba\u00adker"').encode()),
    "html, entity": ("a.html", html("Siobh&aacute;n")),
    "html, cut by a tag": ("a.html", html("Jones-Ba<b>ker</b>")),
    "html, link": ("a.html", html("<a href='?of=Siobh%C3%A1n'>half</a>")),
    "html, comment": ("a.html", html("half <!-- Siobh&#225;n -->")),
    "html, alternative text": ("a.html", html('<img alt="Wu">')),
    "html, image in it": ("a.html", html(data_uri("image/png", png((b"tEXt", b"Author\0Siobh\xe1n"))))),
    "html, drawing in it": (
        "a.html",
        html(data_uri("image/svg+xml", b"<svg><text>Jones-Baker</text></svg>")),
    ),
    "html, drawing spelt out": ("a.html", html("<img src='data:image/svg+xml,%3Csvg%3EWu%3C/svg%3E'>")),
    "html, style": ("a.html", html(head="<style>.jones-baker{}</style>")),
    "png, text": ("a.png", png((b"tEXt", b"Author\0Jones-Baker"))),
    "png, packed text": ("a.png", png((b"zTXt", b"Author\0\0" + zlib.compress(b"Jones-Baker")))),
    "png, international text": ("a.png", png((b"iTXt", b"T\0\1\0\0\0" + zlib.compress("Siobhán".encode())))),
    "png, plain international text": ("a.png", png((b"iTXt", b"T\0\0\0en\0\0" + "Siobhán".encode()))),
    "png, other chunk": ("a.png", png((b"eXIf", b"II*\0\x08\0Jones-Baker\0"))),
    "gzip, second part": ("a.csv.gz", gzip.compress(b"half", mtime=0) + gzip.compress(b"Siobhan", mtime=0)),
    "gzip": ("a.csv.gz", gzip.compress(csv("Jones-Baker").encode(), mtime=0)),
    "zip, entry": ("a.zip", archive(content=csv("Jones-Baker"))),
    "zip, name of an entry": ("a.zip", archive(name="Wu.csv")),
    "zip, comment": ("a.zip", archive(comment="from Siobhán")),
    "zip, extra field": ("a.zip", archive(extra=struct.pack("<HH", 0x9999, 11) + b"Jones-Baker")),
    "zip in a zip": ("a.zip", archive(content=archive(content="Jones-Baker"))),
    "workbook, cell": ("a.xlsx", workbook(cell="Jones-Baker")),
    "workbook, properties": ("a.xlsx", workbook(author="Siobhán O'Neill")),
    "workbook, note": ("a.xlsx", workbook(note="ask Maria")),
    "workbook, hidden sheet": ("a.xlsx", workbook(hidden="Santos")),
    "pdf, page": ("a.pdf", pdf("with Siobhán O'Neill")),
    "pdf, white text": ("a.pdf", pdf("#text(fill: white)[Jones-Baker]")),
    "pdf, short name": ("a.pdf", pdf("with Wu")),
    "pdf, kerned": ("a.pdf", changed_pdf(drawn(b"[(Jon) 80 (es-) -20 (Ba) 5 (ker)] TJ"))),
    "pdf, letter by letter": (
        "a.pdf",
        changed_pdf(drawn(b" 9 0 Td ".join(b"(%c) Tj" % sign for sign in b"Baker"))),
    ),
    "pdf, octal": ("a.pdf", changed_pdf(drawn(rb"(Siobh\341n \(and\)) Tj (Jones\055Ba\ker) Tj"))),
    "pdf, hexadecimal": ("a.pdf", changed_pdf(drawn(b"<" + b"Jones-Baker".hex().encode() + b"> Tj"))),
    "pdf, author": ("a.pdf", changed_pdf(author)),
    "pdf, properties": ("a.pdf", changed_pdf(properties)),
    "pdf, attachment": ("a.pdf", changed_pdf(attachment)),
    "pdf, name of an attachment": ("a.pdf", changed_pdf(attachment_name)),
    "pdf, alternative text": ("a.pdf", changed_pdf(spoken)),
    "pdf, string of unknown code": ("a.pdf", changed_pdf(undecoded_string)),
    "pdf, old revision": ("a.pdf", old_revision()),
}

TEMPLATE: dict[str, bytes] = {
    "t.pdf": pdf(),
    "t.html": html(),
    "t.csv": csv().encode(),
    "t.png": png(),
    "t.zip": archive(),
    "t.xlsx": workbook(),
}
