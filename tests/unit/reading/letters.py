"""Letters of invented places for the reading tests, and a way to read one field of them."""

from __future__ import annotations

from knowledge.domain.documents import DocumentKind, ParsedDocument, ReplyFields
from knowledge.reading.parsing import parse_text

TITLE = "关于市政协六届二次会议第118号提案的答复"
SALUTATION = "林知秋委员："
OPENING = "您提出的《关于改造临河步道照明的提案》收悉，现答复如下："
BODY = "临河步道现有路灯多为早年安装，照度不足。我局已对沿线设施逐一登记，并安排人员夜间巡查。"
THANKS = "感谢您对我市城市照明工作的关心和支持。"
UNIT = "云溪市城市管理局"
DATE = "2024年6月18日"


def letter(
    *,
    above: str = "",
    title: str = TITLE,
    below: str = "",
    salutation: str = SALUTATION,
    opening: str = OPENING,
    body: str = BODY,
    unit: str = UNIT,
    date: str = DATE,
    after: str = "",
) -> str:
    """A whole letter; every part can be exchanged or left out with an empty string."""
    parts = (above, title, below, salutation, opening, body, THANKS, unit, date, after)
    return "\n\n".join(part for part in parts if part) + "\n"


def read_one(text: str, kind: DocumentKind | None = None) -> ParsedDocument:
    """The only document of a text."""
    (document,) = parse_text(text, kind=kind)
    return document


def reply(text: str) -> ReplyFields:
    """The fields of the only document of a text, which must be a reply."""
    document = read_one(text)
    assert isinstance(document.fields, ReplyFields), document.kind
    return document.fields


def codes(text: str) -> set[str]:
    """Codes of all warnings of a text's only document."""
    return {warning.code for warning in read_one(text).warnings}
