"""Documents made to harm: bombs, traps, programs inside, references to elsewhere."""

from __future__ import annotations

import io
import os
import shutil
import socket
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from tests.hostile import makers
from tests.hostile.conftest import READ, Desk

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BILLION = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(10))
needs_suite = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


@pytest.fixture(autouse=True)
def usable(desk: Desk) -> Iterator[None]:
    """Whatever a file did, the next one is read."""
    yield
    assert desk.verdict("next.docx", makers.word()) == READ
    desk.check_memory()


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """Listens where hostile files point to; nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


def _address(trap: socket.socket) -> str:
    return f"http://127.0.0.1:{trap.getsockname()[1]}"


def _package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _document(body: str, doctype: str = "") -> bytes:
    return _package({"word/document.xml": _xml(body, doctype)})


def _xml(body: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<w:document {_SPACE}><w:body>{body}</w:body></w:document>'
    )


def _with_parts(parts: dict[str, bytes]) -> bytes:
    """An honest Word file with parts added or exchanged."""
    with zipfile.ZipFile(io.BytesIO(makers.word())) as package:
        kept = {item.filename: package.read(item) for item in package.infolist()}
    return _package({**kept, **parts})


@pytest.mark.parametrize("reference", ["&e9;", "甲&e9;乙" * 100])
def test_a_billion_laughs_are_refused(desk: Desk, reference: str) -> None:
    body = f"<w:p><w:r><w:t>{reference}</w:t></w:r></w:p>"

    assert desk.verdict("laughs.docx", _document(body, f"<!DOCTYPE d [{_BILLION}]>")) == (
        "file.damaged"
    )


def test_an_entity_bomb_in_a_spreadsheet_does_no_harm(desk: Desk) -> None:
    doctype = f"<!DOCTYPE d [{_BILLION}]>"
    with zipfile.ZipFile(io.BytesIO(makers.workbook())) as package:
        parts = {item.filename: package.read(item) for item in package.infolist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = f"{doctype}{sheet.replace('<sheetData>', '<sheetData><!-- &e9; -->')}"

    verdict = desk.verdict("laughs.xlsx", _package({**parts, "xl/worksheets/sheet1.xml": sheet}))

    assert verdict == READ or verdict.startswith("file.")


def test_an_external_entity_is_not_read(desk: Desk, trap: socket.socket) -> None:
    secret = desk.lay("secret.txt", "机密".encode())
    for target in (secret.as_uri(), f"{_address(trap)}/x.dtd"):
        doctype = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{target}">]>'
        body = "<w:p><w:r><w:t>甲&x;</w:t></w:r></w:p>"
        assert desk.verdict("external.docx", _document(body, doctype)) == "file.damaged"


@pytest.mark.parametrize(
    "count", [50_000, pytest.param(1_000_000, marks=pytest.mark.slow, id="a million")]
)
def test_endless_empty_paragraphs_have_no_text(desk: Desk, count: int) -> None:
    assert desk.verdict("empty.docx", _document("<w:p/>" * count)) == "file.no_text"


def test_a_deeply_nested_word_file_does_no_harm(desk: Desk) -> None:
    depth = 50_000
    body = "<w:p>" + "<w:r>" * depth + "<w:t>甲</w:t>" + "</w:r>" * depth + "</w:p>"

    assert desk.verdict("nested.docx", _document(body)) in {READ, "file.damaged"}


def test_macros_are_told_and_the_text_is_read(desk: Desk) -> None:
    data = _with_parts({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(100)})

    assert "file.macro" in desk.warnings("macro.docx", data)
    assert "file.macro" in desk.warnings("macro.docm", data)


def test_nothing_a_word_file_points_to_is_fetched(desk: Desk, trap: socket.socket) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{n}" TargetMode="External" Type="{kind}/{name}" '
        f'Target="{_address(trap)}/{name}"/>'
        for n, name in enumerate(("attachedTemplate", "image", "aFChunk", "frame"))
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}">{links}</Relationships>'.encode()
    data = _with_parts({"word/_rels/settings.xml.rels": relations})

    assert desk.verdict("remote.docx", data) == READ


def test_a_page_runs_nothing_and_fetches_nothing(desk: Desk, trap: socket.socket) -> None:
    secret = desk.lay("secret.txt", "机密".encode())
    url = _address(trap)
    head = (
        f'<base href="{url}/"><link rel=stylesheet href="{url}/a.css">'
        f'<script src="{url}/a.js"></script><script>document.write("机密")</script>'
        f'<meta http-equiv=refresh content="0;url={url}/">'
    )
    lines = [
        *makers.LINES,
        f'<img src="{url}/a.png"><iframe src="{secret.as_uri()}"></iframe>',
        f'<object data="{url}/a"></object><svg><image href="{url}/a.svg"/></svg>',
    ]

    assert "机密" not in desk.text("active.html", makers.page(lines, head))


def test_a_page_with_an_external_document_type_is_read_without_it(
    desk: Desk, trap: socket.socket
) -> None:
    url = _address(trap)
    entity = f'<!ENTITY % p SYSTEM "{url}/p"> %p;'
    doctype = f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{url}/x.dtd" [{entity}]>'

    assert desk.verdict("dtd.xhtml", doctype.encode() + makers.page()) == READ


def test_a_hundred_thousand_nested_boxes_do_no_harm(desk: Desk) -> None:
    depth = 100_000
    data = b"<html><body>" + b"<div>" * depth + makers.LETTER.encode() + b"</div>" * depth

    assert desk.verdict("nested.html", data) in {READ, "file.damaged", "file.no_text"}


def test_a_page_of_endless_text_is_too_long(desk: Desk) -> None:
    data = makers.page(["我局已对沿线设施逐一登记。" * 400] * 1000)

    assert desk.verdict("long.html", data) == "file.too_long"


def test_a_huge_sparse_text_is_refused_by_its_size(desk: Desk) -> None:
    with (desk.inbox / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    assert desk.verdict("huge.txt") == "file.too_large"
    (desk.inbox / "huge.txt").unlink()


def test_an_endless_text_is_too_long(desk: Desk) -> None:
    data = ("我局已登记。\n" * 1_000_000).encode()

    assert desk.verdict("endless.txt", data) == "file.too_long"


def test_a_pipe_is_no_file(desk: Desk) -> None:
    os.mkfifo(desk.inbox / "pipe.txt")

    assert desk.verdict("pipe.txt") == "file.unsupported"
    (desk.inbox / "pipe.txt").unlink()


def _pdf(pages: int, catalog: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """A minimal PDF whose pages share one content stream; further objects count from 5."""
    content = b"BT /F1 24 Tf 72 700 Td (Reply 118 of 2024) Tj ET"
    first = 5 + len(objects)
    kids = " ".join(f"{first + n} 0 R" for n in range(pages))
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(content)} >>\nstream\n{content.decode()}\nendstream",
        *objects,
    ]
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
    return _numbered([*bodies, *[f"{page} /Resources << /Font << /F1 3 0 R >> >> >>"] * pages])


def _numbered(bodies: list[str]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), list[int]()
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count, start = len(bodies) + 1, len(out)
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode("ascii")
    out += f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode("ascii")
    return bytes(out)


def test_five_thousand_pages_are_read_or_refused_in_time(desk: Desk) -> None:
    verdict = desk.verdict("pages.pdf", _pdf(5000))

    assert verdict in {
        READ,
        "file.too_long",
        "file.too_slow",
        "file.no_text",
        "file.too_many_pages",
    }


def test_a_pdf_with_actions_is_read_and_starts_nothing(desk: Desk, trap: socket.socket) -> None:
    marker = desk.inbox / "started"
    script = f"<< /S /JavaScript /JS (app.launchURL('{_address(trap)}/');) >>"
    launch = f"<< /S /Launch /F (/bin/touch) /P ({marker}) /Unix ({marker}) >>"
    remote = f"<< /S /URI /URI ({_address(trap)}/) >>"

    data = _pdf(1, "/OpenAction 5 0 R /AA << /WC 6 0 R /DS 7 0 R >>", (script, launch, remote))

    assert "Reply 118" in desk.text("active.pdf", data)
    assert not marker.exists()


def test_a_pdf_whose_pages_contain_themselves_does_no_harm(desk: Desk) -> None:
    data = _numbered(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 9999999 /Kids [2 0 R 2 0 R 2 0 R] >>",
        ]
    )

    assert desk.verdict("loop.pdf", data).startswith("file.")


def test_a_pdf_stream_that_unpacks_without_end_does_no_harm(desk: Desk) -> None:
    bomb = zlib.compress(zlib.compress(b"(x) Tj\n" * 8_000_000, 9), 9)
    head = f"<< /Length {len(bomb)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n"
    pages = _pdf(1, objects=(head + bomb.decode("latin-1") + "\nendstream",))

    verdict = desk.verdict("bomb.pdf", pages.replace(b"/Contents 4 0 R", b"/Contents 5 0 R"))

    assert verdict == READ or verdict.startswith("file.")


@pytest.mark.parametrize("last", ["C3", "XFD1048576"])
def test_a_sheet_of_a_million_stated_rows_is_read(desk: Desk, last: str) -> None:
    with zipfile.ZipFile(io.BytesIO(makers.workbook())) as package:
        parts = {item.filename: package.read(item) for item in package.infolist()}
    place = "xl/worksheets/sheet1.xml"
    sheet = parts[place].decode()
    start = sheet.index("<dimension")
    sheet = sheet.replace(
        sheet[start : sheet.index("/>", start) + 2], '<dimension ref="A1:XFD1048576"/>'
    )
    far = f'<row r="{last.lstrip("XFDC")}"><c r="{last}"><v>1</v></c></row></sheetData>'
    if last != "C3":
        sheet = sheet.replace("</sheetData>", far)

    verdict = desk.verdict("wide.xlsx", _package({**parts, place: sheet}))

    assert verdict in {READ, "file.too_heavy", "file.too_long", "file.damaged"}
    if last == "C3":
        assert verdict == READ


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">L", zlib.crc32(kind + data))
        return struct.pack(">L", len(data)) + kind + data + check

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1024 * 1024), 9)
    ended = chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + ended


@pytest.mark.parametrize("size", [100_000, 30_000])
def test_a_picture_of_billions_of_points_is_refused(desk: Desk, size: int) -> None:
    assert desk.verdict("vast.png", _png(size, size)).startswith("file.")


@needs_suite
def test_an_old_document_includes_nothing_from_elsewhere(desk: Desk, trap: socket.socket) -> None:
    secret = desk.lay("secret.txt", b"PASSPHRASE")
    url = _address(trap)
    fields = (
        f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret}" }}{{\\fldrslt x}}}}'
        f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{url}/a.png" \\\\d}}{{\\fldrslt x}}}}'
        f'{{\\field{{\\*\\fldinst DDEAUTO sh "-c id" }}{{\\fldrslt x}}}}'
        f"{{\\*\\template {url}/t.dot}}"
    )

    assert "PASSPHRASE" not in desk.text("include.rtf", makers.rich(head=fields))


@needs_suite
def test_an_open_document_links_nothing_from_elsewhere(desk: Desk, trap: socket.socket) -> None:
    secret = desk.lay("secret.txt", b"PASSPHRASE")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "drawing", "script")
    ).replace("xmlns:drawing", "xmlns:draw")
    url = _address(trap)
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
        f"<text:p>云溪市水务局</text:p>"
        f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}"/>'
        f"<text:p>x</text:p></text:section>"
        f'<text:section text:name="t"><text:section-source xlink:href="{url}/a.odt"/>'
        f"<text:p>x</text:p></text:section>"
        f'<text:p><draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm">'
        f'<draw:image xlink:href="{url}/a.png" xlink:type="simple" xlink:show="embed"'
        ' xlink:actuate="onLoad"/>'
        "</draw:frame></text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    data = _package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )

    text = desk.text("linked.odt", data)

    assert "云溪市水务局" in text
    assert "PASSPHRASE" not in text
