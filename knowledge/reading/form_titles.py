"""Lines that head a form: 面商记录表, 回执, 征询意见表, 登记卡 and their kin (domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.form_labels import decoration_end, field_of, glued_label
from knowledge.reading.source import Line

_ASKED = r"(?:提案|建议|议案|答复件|承诺|意见|委员|代表)"
_ATTACHED = r"[#*\s]*(?:附件\s*\d{0,2}\s*[::]?\s*)?"
_TALK = re.compile(
    rf"{_ATTACHED}[^。;,《:]{{0,40}}"
    r"(?:(?:面商|沟通|走访|见面|协商|座谈|面复)(?:情况|意见)?(?:记录|登记)[表单卡]?"
    r"|当面答复[^。]{0,24}记录[表单]?"
    r"|征询意见[表函]|意见征[求询][表函单]|征求意见[表函单]|意见反馈[表单卡]"
    r"|反馈意?见?[表单卡]|情况反馈[表单]|回执[单表联]?"
    r"|满意度(?:测评|评价|调查)[表单卡]?|办理落实情况登记[表卡])"
    r"[\s*]*(?:\([^()]{1,20}\))?"
)
_HANDLED = re.compile(
    rf"{_ATTACHED}[^。;,《:]{{0,40}}{_ASKED}[^。;,《:]{{0,20}}"
    r"(?:(?:登记|记录|公开|公示|交办|转办|督办|办理|反馈|评价|测评|评议|回访|跟踪"
    r"|情况)[^。;,《:、]{0,6}(?:表|单|卡)"
    r"|详情|详细信息|办理信息)[\s*]*(?:\([^()]{1,20}\))?"
)
_SLIP = re.compile(r"回执|反馈|征[询求]|测评|评价")
_CONTINUED = re.compile(r"续表|续页|\(续[^()]{0,4}\)|\(第[二三四五六2-9]页\)")
_LONGEST_TITLE = 50
_REACH = 8
_NOTE_REACH = 1
_NOTE = re.compile(r"[#*\s]*附件\s*\d{0,2}\s*:")
_BOX = re.compile(r"[□☐☑☒√✓✔■▢]|<input")
_HANDLING = frozenset(
    {"unit", "reply_points", "result_class", "replied_on", "assigned_on", "due_on", "outcome"}
    | {"satisfaction", "consulted_on", "member_opinion", "co_handlers"}
)
_ASKED_FOR = _HANDLING | {"case_number", "member", "title", "proposal_summary", "attitude"}
_ITEM = re.compile(r"[#*\s]*(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、]")
_WORD = re.compile(r"[^\t|:\s〔〕]+(?:\s?\([^()]{0,30}\))?")


def is_form_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line heads a form: its words, and labels or boxes right below."""
    text = lines[index].text
    if len(text) > _LONGEST_TITLE or _CONTINUED.search(text) or _ITEM.match(text):
        return False
    # 附件：…回执 under a letter only announces the form; the form's own head has labels below.
    reach = _NOTE_REACH if _NOTE.match(text) else _REACH
    below = lines[index + 1 : index + 1 + reach]
    if _TALK.fullmatch(text):
        return any(_BOX.search(line.text) or _names(line.text) & _ASKED_FOR for line in below)
    if _HANDLED.fullmatch(text) is None:
        return False
    names = {
        name for line in lines[index + 1 : index + 1 + 2 * _REACH] for name in _names(line.text)
    }
    return bool(names & _HANDLING) and len(names) > 1 and any(_names(line.text) for line in below)


def is_slip(text: str) -> bool:
    """Whether a form goes back to the unit that wrote: it may address that unit."""
    return _SLIP.search(text) is not None


def is_continued(text: str) -> bool:
    """Whether a line is the head of a further page of the same form."""
    return len(text) <= _LONGEST_TITLE and _CONTINUED.search(text) is not None


def _names(text: str) -> set[str]:
    """Fields whose labels stand on a line: before a colon, in a cell, before a blank."""
    found: set[str] = set()
    glued = glued_label(text)
    whole = field_of(glued) if glued else None
    if whole is not None:
        found.add(whole)
    words = [text.rstrip(":"), *re.split(r"[:\t|]", text)[:-1], *_WORD.findall(text)]
    for word in words:
        name = field_of(word[decoration_end(word) :]) if len(word) < _LONGEST_TITLE else None
        if name is not None:
            found.add(name)
    return found
