"""A damaged byte costs its character, never the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import InputRefused
from knowledge.reading.reader import FileReader
from tests.unit.reading.letters import letter

PAGE = "<html><head><meta charset='{}'></head><body><p>{}</p></body></html>"


def _damaged(data: bytes) -> bytes:
    at = data.find("感谢".encode("utf-8" if "感谢".encode() in data else "gb18030"))
    assert at > 0
    return data[: at + 1] + b"\xff" + data[at + 2 :]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["甲.txt", "甲.md", "甲.html"])
def test_one_damaged_byte_is_told_and_the_rest_is_read(
    tmp_path: Path, name: str, encoding: str
) -> None:
    text = letter()
    page = PAGE.format(encoding, text.replace("\n", "</p><p>")) if name.endswith("html") else text
    path = tmp_path / name
    path.write_bytes(_damaged(page.encode(encoding)))

    with FileReader(isolated=False) as reader:
        parsed = reader.read(path)

    warnings = [warning for item in parsed.documents for warning in item.warnings]
    (told,) = [warning for warning in warnings if warning.code == "text.bad_bytes"]
    assert told.span is not None
    assert told.span.of(parsed.text) == "\ufffd"
    assert "现答复如下" in parsed.text


def test_noise_of_no_encoding_is_still_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(bytes(range(128, 256)) * 8)

    with pytest.raises(InputRefused, match=r"file\.encoding"):
        FileReader(isolated=False).read(path)


def test_seven_bit_chinese_of_old_mail_is_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(letter().encode("hz"))

    assert FileReader(isolated=False).read(path).text == letter()


def test_a_tilde_and_a_brace_in_plain_text_are_themselves(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("a ~{ b ~} c\n", encoding="utf-8")

    assert FileReader(isolated=False).read(path).text == "a ~{ b ~} c\n"


def test_a_short_table_of_numbers_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "登记.txt"
    path.write_bytes("编号,案由,单位\n1,修桥,云溪局\n2,路灯,云溪局\n".encode("gb18030"))

    assert "云溪局" in FileReader(isolated=False).read(path).text
