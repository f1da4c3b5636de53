"""Scans go the whole way, from a file of pictures to fields, with the models of the package."""

from __future__ import annotations

from io import BytesIO
from typing import Never

import pytest
from PIL import Image

from knowledge.domain.documents import DocumentKind, RecordFields, ReplyFields
from knowledge.errors import InputRefused
from knowledge.reading.loaded import silent
from knowledge.reading.loaders.images import load_image
from knowledge.reading.loaders.pdf_files import load_pdf
from knowledge.reading.parsing import parse_loaded
from tests.rounds.letters import LETTERS
from tests.rounds.paper import bound, face, scanned, typeset

pytestmark = [
    pytest.mark.skipif(face() is None, reason="this system has no Chinese typeface to print with"),
    pytest.mark.xdist_group("models of recognition"),
]


def _text(name: str) -> str:
    return next(letter.text for letter in LETTERS if letter.name == name)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_settings: object) -> Never:
        pytest.fail("recognition reached for the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("rapidocr.utils.download_file.DownloadFile.run", refuse)


def test_a_form_scanned_sideways_into_a_pdf_is_read_with_its_ticks() -> None:
    page = scanned(typeset(_text("form-with-class-behind"))[0], 7).rotate(90, expand=True)

    loaded = load_pdf(bound([page]), "scan.pdf", silent)
    (document,) = parse_loaded(loaded)

    assert document.kind is DocumentKind.RECORD
    fields = document.fields
    assert isinstance(fields, RecordFields)
    assert fields.result_class is not None
    assert fields.result_class.value == "B"
    assert fields.satisfaction is not None
    assert fields.satisfaction.value == "mostly_satisfied"
    assert fields.unit is not None
    assert fields.unit.value == "怀江县住房和城乡建设局"
    assert [note.code for note in loaded.warnings] == ["recognition.used"]


def test_a_scanned_letter_is_read_field_for_field() -> None:
    held = BytesIO()
    scanned(typeset(_text("chinese-date"))[0], 3).save(held, "JPEG", quality=70)

    (document,) = parse_loaded(load_image(held.getvalue(), "scan.jpg", silent))

    assert document.kind is DocumentKind.REPLY
    fields = document.fields
    assert isinstance(fields, ReplyFields)
    assert fields.date is not None
    assert fields.date.value.isoformat() == "2022-06-20"
    assert [field.value for field in fields.addressees] == ["贺兰生"]
    assert fields.proposal_title is not None
    assert fields.proposal_title.value == "关于修缮红星水库灌渠的建议"


def test_an_empty_page_is_refused() -> None:
    held = BytesIO()
    Image.new("L", (800, 1100), 250).save(held, "PNG")

    with pytest.raises(InputRefused) as caught:
        load_image(held.getvalue(), "blank.png", silent)

    assert caught.value.code == "file.no_text"
