"""Files of every format, honest and hostile, through the room's front door."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.encoders import encode_base64, encode_quopri
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from pathlib import Path
from typing import cast

import pytest
from docx import Document
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from knowledge.domain.documents import DocumentKind, ReplyFields
from knowledge.errors import InputRefused
from knowledge.reading.reader import LIMIT, FileReader
from tests.unit.reading.letters import letter

LETTER = letter(body="一、巡查\n\n我局已对沿线设施逐一登记。\n\n二、更换\n\n已更换路灯40盏。")
LINES = [line for line in LETTER.splitlines() if line]


def _refused(path: Path, limit: int = LIMIT) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        FileReader(isolated=False, limit=limit).read(path)
    assert caught.value.details["name"] == path.name
    return caught.value


def _reply(path: Path) -> ReplyFields:
    (document,) = FileReader(isolated=False).read(path).documents
    assert isinstance(document.fields, ReplyFields), document.kind
    assert document.fields.title is not None
    assert document.fields.title.value == "关于市政协六届二次会议第118号提案的答复"
    assert [field.value for field in document.fields.addressees] == ["林知秋"]
    assert document.fields.date is not None
    return document.fields


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_file_is_read_in_any_encoding_offices_use(
    tmp_path: Path, encoding: str, suffix: str
) -> None:
    path = tmp_path / f"复文{suffix}"
    path.write_bytes(LETTER.encode(encoding))

    assert FileReader(isolated=False).read(path).text == LETTER
    _reply(path)


def test_a_big5_page_is_read(tmp_path: Path) -> None:
    text = (
        "關於市政協六屆二次會議第118號提案的答覆\n\n林知秋委員："
        "\n\n您提出的《關於增設路燈的提案》收悉，現答覆如下：\n\n本局已經更換路燈四十盞。"
        "\n"
    )
    path = tmp_path / "big5.txt"
    path.write_bytes(text.encode("big5"))

    assert FileReader(isolated=False).read(path).text == text


def test_newlines_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "复文.txt"
    path.write_bytes(LETTER.replace("\n", "\r\n").encode())

    assert FileReader(isolated=False).read(path).text == LETTER.replace("\n", "\r\n")
    _reply(path)


def test_the_same_bytes_have_the_same_digest(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(LETTER, encoding="utf-8")

    one, other = (FileReader(isolated=False).read(tmp_path / name) for name in ("甲.txt", "乙.txt"))

    assert one == other
    assert len(one.sha256) == 64


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path / "无.txt").code == "file.missing"


def test_a_file_that_may_not_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "复文.txt"
    path.write_text(LETTER, encoding="utf-8")

    def forbidden(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", forbidden)

    assert _refused(path).code == "file.unreadable"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "复文.txt"
    folder.mkdir()

    assert _refused(folder).code == "file.directory"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf"])
@pytest.mark.parametrize("data", [b"", b"  \n"])
def test_an_empty_file_of_any_type_is_called_empty(
    tmp_path: Path, suffix: str, data: bytes
) -> None:
    path = tmp_path / f"空{suffix}"
    path.write_bytes(data)

    assert _refused(path).code == "file.empty"


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_bytes(b"x" * 101)

    assert _refused(path, limit=100).code == "file.too_large"


@pytest.mark.parametrize("name", ["表.xyz", "表.dbf", "图.svgz"])
def test_an_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"abc,def\n")

    assert _refused(path).code == "file.unsupported"


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".txt", ".html"])
def test_a_renamed_film_is_told_for_what_it_is(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"复文{suffix}"
    path.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(range(256)))

    refusal = _refused(path)

    assert refusal.code == "file.wrong_type"
    assert refusal.details["found"] == "mp4"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "复文.txt"
    path.write_bytes(bytes(range(256)) * 20)

    assert _refused(path).code in {"file.wrong_type", "file.encoding"}


@pytest.mark.parametrize("suffix", [".docx", ".doc", ".pdf", ""])
def test_a_letter_saved_as_text_under_another_name_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"复文{suffix}"
    path.write_text(LETTER, encoding="utf-8")

    _reply(path)


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_stray_word_under_a_package_name_is_damaged(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"复文{suffix}"
    path.write_text("not a real file", encoding="utf-8")

    assert _refused(path).code == "file.damaged"


@pytest.mark.parametrize("name", ["复文2024.6.18", "第3.2号"])
def test_a_number_behind_a_dot_is_no_suffix(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(LETTER, encoding="utf-8")

    _reply(path)


def test_a_reader_reads_every_format_in_the_same_way_in_a_process_apart(tmp_path: Path) -> None:
    _docx(tmp_path / "复文.docx", LINES)
    (tmp_path / "复文.pdf").write_bytes(_pdf([LINES]))
    (tmp_path / "复文.html").write_bytes(PAGE.format(charset="utf-8").encode())
    names = ("复文.docx", "复文.pdf", "复文.html")
    here = FileReader(isolated=False)

    with FileReader(workdir=tmp_path / "work") as apart:
        assert [apart.read(tmp_path / name) for name in names] == [
            here.read(tmp_path / name) for name in names
        ]
        assert apart.peak > 0

    assert list((tmp_path / "work").iterdir()) == []


def test_only_known_suffixes_are_taken_from_a_directory() -> None:
    reader = FileReader()

    assert all(
        reader.supported(Path(f"a{suffix}"))
        for suffix in (".txt", ".MD", ".docx", ".pdf", ".xlsx", ".et", ".jpg", ".wps", ".zip")
    )
    assert not any(reader.supported(Path(name)) for name in ("a.mp4", "a", "~$复文.docx", ".txt"))


PAGE = """<html><head><meta charset="{charset}"><title>x</title><script>alert(1)</script></head>
<body><div class="nav">首页 政务公开</div><ul class="menu"><li>导航</li></ul>
<table><tr><td>索引号</td><td>118-2024</td></tr><tr><th>文号：</th><td>云水字〔2024〕9号</td></tr></table>
<div id="content"><h1>关于市政协六届二次会议第118号提案的答复</h1>
<p>林知秋委员：</p><p>您提出的《关于<b>增设</b>路灯的提案》收悉，现答复如下：</p>
<p>一、巡查</p><p>我局已对沿线设施逐一登记。</p><p style="display:none">隐藏</p>
<p>办理结果：<input type="checkbox" checked>A类 <input type="checkbox">B类</p>
<p>云溪市水务局</p><p>2024年6月18日</p></div>
<div class="footer">版权所有</div></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_a_page_is_read_without_its_menus(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "复文.html"
    path.write_bytes(
        PAGE.format(charset=charset).encode("gb18030" if charset != "utf-8" else "utf-8")
    )

    text = FileReader(isolated=False).read(path).text
    fields = _reply(path)

    assert not any(word in text for word in ("首页", "导航", "alert", "版权", "隐藏"))
    assert "索引号：118-2024" in text
    assert "☑A类 □B类" in text
    assert fields.document_number is not None
    assert fields.document_number.value == "云水字〔2024〕9号"
    assert fields.proposal_title is not None
    assert fields.proposal_title.value == "关于增设路灯的提案"


@pytest.mark.parametrize("suffix", [".mht", ".doc", ".txt", ""])
@pytest.mark.parametrize("kind", ["multipart/related", "text/html"])
def test_a_page_saved_in_one_file_is_read(tmp_path: Path, suffix: str, kind: str) -> None:
    path = tmp_path / f"复文{suffix}"
    page = PAGE.format(charset="gb2312").encode("gb18030")
    if kind == "text/html":
        message: MIMEBase = MIMEBase("text", "html", charset="gb2312")
        message.set_payload(page)
        encode_base64(message)
    else:
        message = MIMEMultipart("related")
        inner = MIMEBase("text", "html", charset="gb2312")
        inner.set_payload(page)
        encode_quopri(inner)
        message.attach(MIMEImage(b"GIF89a", "gif"))
        message.attach(inner)
    message["Subject"] = "x"
    path.write_bytes(message.as_bytes())

    _reply(path)


def test_a_text_that_speaks_of_mail_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "说明.txt"
    text = "说明：mime-version: 1.0 与 content-type: text/html 的用法\n" + LETTER
    path.write_text(text, encoding="utf-8")

    assert FileReader(isolated=False).read(path).text == text


def test_a_page_without_visible_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空.html"
    path.write_text("<html><body><script>var a=1</script></body></html>", encoding="utf-8")

    assert _refused(path).code == "file.no_text"


def _docx(path: Path, lines: list[str]) -> None:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


def test_a_word_letter_is_read(tmp_path: Path) -> None:
    path = tmp_path / "复文.docx"
    _docx(path, LINES)

    fields = _reply(path)

    assert [field.value for field in fields.signature_units] == ["云溪市城市管理局"]


def test_tables_stand_where_they_stand_with_cells_apart(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    document = Document()
    document.add_paragraph("政协提案面商记录表")
    table = document.add_table(rows=2, cols=4)
    rows = (
        ("承办单位", "云溪市水务局", "提案编号", "118"),
        ("委员姓名", "林知秋", "联系电话", "13800000001"),
    )
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("面商时间：2024年6月3日")
    document.save(str(path))

    parsed = FileReader(isolated=False).read(path)

    assert "承办单位\t云溪市水务局\t提案编号\t118" in parsed.text
    assert parsed.documents[0].kind is DocumentKind.RECORD


_HEAD = (
    '<?xml version="1.0"?>{doctype}<w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
)


def _package(path: Path, body: str, doctype: str = "", extra: dict[str, str] | None = None) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", _HEAD.format(doctype=doctype, body=body))
        for name, content in (extra or {}).items():
            archive.writestr(name, content)


def test_deleted_text_is_out_and_inserted_text_is_in(tmp_path: Path) -> None:
    path = tmp_path / "修订.docx"
    _package(
        path,
        "<w:p><w:r><w:t>路灯</w:t></w:r><w:del><w:r><w:delText>旧文</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新文</w:t></w:r></w:ins></w:p>",
    )

    assert FileReader(isolated=False).read(path).text == "路灯新文\n"


def test_numbers_kept_apart_from_the_text_are_written_out(tmp_path: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering = (
        f'<w:numbering {space}><w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1">'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def item(level: int, text: str) -> str:
        return (
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        )

    path = tmp_path / "编号.docx"
    body = item(0, "巡查") + item(1, "夜间") + item(1, "日间") + item(0, "更换") + item(1, "东段")
    _package(path, body, extra={"word/numbering.xml": numbering})

    lines = FileReader(isolated=False).read(path).text.splitlines()

    assert lines == ["一、巡查", "（一）夜间", "（二）日间", "二、更换", "（一）东段"]


def test_notes_are_kept_at_the_end(tmp_path: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = (
        f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>数据截至六月</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    path = tmp_path / "脚注.docx"
    _package(path, "<w:p><w:r><w:t>正文</w:t></w:r></w:p>", extra={"word/footnotes.xml": note})

    assert FileReader(isolated=False).read(path).text.splitlines() == ["正文", "注：数据截至六月"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>A类</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    path = tmp_path / "框.docx"
    _package(
        path,
        f"<w:p><w:r><mc:AlternateContent {space}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>标题</w:t></w:r></w:p>",
    )

    assert FileReader(isolated=False).read(path).text.splitlines() == ["标题", "A类"]


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9)
    )
    path = tmp_path / "弹.docx"
    _package(path, "<w:p><w:r><w:t>&e8;</w:t></w:r></w:p>", doctype=f"<!DOCTYPE d [{entities}]>")

    assert _refused(path).code == "file.damaged"


def test_an_entity_that_names_a_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "秘密"
    secret.write_text("不可读", encoding="utf-8")
    path = tmp_path / "外部.docx"
    doctype = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    _package(path, "<w:p><w:r><w:t>甲&x;</w:t></w:r></w:p>", doctype=doctype)

    assert _refused(path).code == "file.damaged"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "炸.docx"
    _package(path, "<w:p/>", extra={"word/media/x.bin": "0" * (30 * 1024 * 1024)})

    assert _refused(path).code == "file.damaged"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_word_file_is_damaged(tmp_path: Path, share: float) -> None:
    whole = tmp_path / "整.docx"
    _docx(whole, LINES)
    data = whole.read_bytes()
    path = tmp_path / "断.docx"
    path.write_bytes(data[: int(len(data) * share)])

    assert _refused(path).code in {"file.damaged", "file.wrong_type"}


def test_a_word_file_without_words_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "空白.docx"
    _docx(path, ["", " "])

    assert _refused(path).code == "file.no_text"


def test_slides_named_as_word_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "讲稿.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<x/>")

    refusal = _refused(path)

    assert (refusal.code, refusal.details["found"]) == ("file.wrong_type", "pptx")


def _pdf(pages: list[list[str]], encrypt: object = None) -> bytes:
    register = cast("Callable[[object], None]", getattr(pdfmetrics, "registerFont"))  # noqa: B009
    register(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 14)
        canvas.drawString(60, 810, "云溪市城市管理局公文")
        for index, line in enumerate(lines):
            canvas.drawString(60, 760 - 22 * index, line)
        canvas.drawString(280, 30, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_pdf_letter_is_read_without_running_heads_and_joined_across_pages(tmp_path: Path) -> None:
    path = tmp_path / "复文.pdf"
    first = [
        "关于市政协六届二次会议第118号提案的答复",
        "林知秋委员：",
        "您提出的《关于增设路灯的提案》收悉，现答复如下：",
        "我局对临河步道沿线照明设施逐段进行登记造册，同时与各个",
    ]
    second = ["养护单位核对杆位。", "云溪市城市管理局", "2024年6月18日"]
    path.write_bytes(_pdf([first, second]))

    text = FileReader(isolated=False).read(path).text
    _reply(path)

    assert "与各个养护单位核对杆位。" in text
    assert "公文" not in text
    assert "— 1 —" not in text


def test_an_encrypted_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "密.pdf"
    path.write_bytes(_pdf([LINES[:3]], encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0)))

    assert _refused(path).code == "file.encrypted"


def test_a_pdf_without_text_layer_is_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    path = tmp_path / "扫描.pdf"
    path.write_bytes(buffer.getvalue())

    assert _refused(path).code == "file.no_text"


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_a_truncated_pdf_is_damaged_or_has_no_text(tmp_path: Path, share: float) -> None:
    data = _pdf([LINES[:3]])
    path = tmp_path / "断.pdf"
    path.write_bytes(data[: int(len(data) * share)])

    assert _refused(path).code in {"file.damaged", "file.no_text"}
