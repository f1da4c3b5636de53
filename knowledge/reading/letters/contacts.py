"""Responsible leader, issuer, handlers and phones behind their labels (domain.md 1.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.domain.text import Field
from knowledge.reading.source import Line, Source
from knowledge.reading.words import ORGAN_LINE

_LEADER = (
    r"责任领导|责任人|(?:领办|领衔|包案|牵头)(?:领导|人)|(?:承办|办理)?(?:单位|主要)负责人|主要领导|主管领导人?(?:姓名)?|分管领导|分管负责人|承办负责人|承办责任人|领导签批|领导署名"
    r"|领导签字|领导审签"
)
_SUPERVISOR = (
    r"(?:[省市县区州镇]?(?:委|政府|人大|政协))?(?:领衔|重点)?督办(?:[省市县区州])?(?:领导|负责人|人)"
    r"(?:姓名)?"
)
_ISSUER = r"签\s*发\s*人|签\s*发(?!日期)|审签人?"
_HANDLER = (
    r"(?:具体)?承\s*办\s*人员?(?:姓名)?|(?:具体)?经办人员?(?:姓名)?"
    r"|(?:联系单位和)?联\s*系\s*人(?:姓名)?|办\s*理\s*人员?|联\s*络\s*员"
)
_PHONE = r"联系\s*电\s*话|联系方式|办公电话|手\s*机|电\s*话"
_OTHER = (
    r"传\s*真|邮\s*编|邮政编码|抄\s*[送报]|联系单位|联系地址|地址|签发日期|发布日期|日期|主题词"
    r"|附件|电子邮箱|审核人?|承办单位|(?:联系|承办|经办)(?:科室|处室|部门)|类别|编号|交办(?:日期|时间)|办结(?:日期|时间)"
)
_LABEL = re.compile(
    rf"(?P<supervisor>{_SUPERVISOR})|(?P<leader>{_LEADER})|(?P<issuer>{_ISSUER})"
    rf"|(?P<handler>(?:{_HANDLER})(?:\s*[和及与/]\s*(?:联系)?(?:电话|方式))?)"
    rf"|(?P<phone>{_PHONE})|(?P<other>{_OTHER})"
)
_AFTER_LABEL = re.compile(r"\s*(?:\((?:签字|盖章|签名)\))?\s*(?::|\t|\s(?=\S))\s*")
_LOCAL = r"(?:\d{7,8}|\d{3,4} \d{4})"
_EXTENSION = r"(?:\s?转\s?\d{2,5}|[-—–─]\d{3,4}(?!\d))?"
PHONE = re.compile(
    r"(?<![\d*])(?:1[3-9]\d(?:\d{8}|[*xX×]{4}\d{4}|[- ]\d{4}[- ]\d{4})"
    rf"|\(?0\d{{2,3}}\)?\s{{0,3}}[-—–─ー]{{0,2}}\s{{0,3}}{_LOCAL}{_EXTENSION}"
    rf"|(?:400|800)-\d{{3,4}}-\d{{3,4}}|(?=[2-8]){_LOCAL}{_EXTENSION})(?![\d*])"
)
CONTINUED = re.compile(r"[\u4e00-\u9fff]{2,4}\s*(?:\([^()]{1,30}\))?[\s:,]*[\d\s\-—─–,/]{7,40}")
_NAME = re.compile(
    r"[\u4e00-\u9fff](?:(?:\s{1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff])){2}(?=\s*(?:$|[^\u4e00-\u9fff\s]))"
    r"|\s{1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff])|[\u4e00-\u9fff·*×]{1,11}|[*×某○]{1,3})|[*×某○]{2,3}"
)
# 刘金花（13800001111）、石小满: a phone or a post stands behind each name.
_BETWEEN_NAMES = re.compile(
    r"\s*(?:\([^()]{1,24}\)|[\d\s\-—–─*×转]{7,24})?\s*[、,/;]\s*(?=[\u4e00-\u9fff*×])|\s*[、,/]\s*"
    r"|\s+(?=[\u4e00-\u9fff]{2,4}(?:\s|$|[、,)]))"
)
_UNIT_LENGTH = 4
_OFFICE_END = re.compile(r"(?:科|室|股|处|中心|大队)$")
_POSTS = r"副?(?:主任|局长|镇长|乡长|县长|市长|区长|厅长|书记|院长)"
_POST = (
    r"副?(?:主任(?:科员)?|[局镇乡县市区厅科处股所站队院部行校州]长|书记|主席|经理)|科员|干事|同志"
)
_OFFICE = r"(?:[\u4e00-\u9fff]{1,6}(?:室|科|处|局|股|中心|办|县|区|市|镇|乡|站|所|院|部|委))?"
_WITH_POST = re.compile(
    rf"(?P<before>{_OFFICE}(?:{_POST}))?(?P<name>[\u4e00-\u9fff·*×]{{2,3}}?)(?P<after>{_POST})?"
)
_ONLY_POST = re.compile(rf"{_OFFICE}(?:{_POST})")
_APPROVED = re.compile(
    rf"已?经[^\s,。;]{{0,4}}?(?P<before>{_POSTS})?(?P<name>[\u4e00-\u9fff×*]{{2,3}}?)(?:同志)?"
    rf"(?P<after>{_POSTS})?(?:同志)?(?P<verb>审签|签发|审定|审阅)"
)


@dataclass(slots=True)
class Contacts:
    """What the contact lines name; the first leader and the first issuer count."""

    leader: Field[str] | None = None
    supervisor: Field[str] | None = None
    issuer: Field[str] | None = None
    handlers: tuple[Field[str], ...] = ()
    phones: tuple[Field[str], ...] = ()


def read_contacts(source: Source, lines: Sequence[Line]) -> Contacts:
    """Values behind the labels of head and tail lines; a blank label gives nothing."""
    contacts = Contacts()
    above = ""
    for line in lines:
        marks = list(_labelled(line.text))
        # 联系人：晏秋实 0000-2210583 goes on in a line of its own: 石晓棠 0000-2243360.
        if not marks and above == "handler" and CONTINUED.fullmatch(line.text):
            marks = [("handler", 0, len(line.text))]
        for kind, start, end in marks:
            _take(source, contacts, kind, line.start + start, line.start + end)
        above = marks[0][0] if marks else ""
    return contacts


def _labelled(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind and value bounds of every label of a line; a value ends where a label begins."""
    marks = [
        (str(match.lastgroup), match.start(), after.end())
        for match in _LABEL.finditer(text)
        if (after := _AFTER_LABEL.match(text, match.end()))
    ]
    ends = [*(start for _, start, _ in marks), len(text)][1:]
    for (kind, _, left), right in zip(marks, ends, strict=True):
        if right > left:
            yield kind, left, right


def _take(source: Source, contacts: Contacts, kind: str, start: int, end: int) -> None:
    if kind in ("handler", "phone", "leader"):
        contacts.phones += tuple(_phones(source, contacts.phones, start, end))
    names = [] if kind in ("phone", "other") else list(_people(source, start, end))
    if not names:
        return
    if kind == "supervisor":
        contacts.supervisor = contacts.supervisor or names[0]
    elif kind == "leader":
        contacts.leader = contacts.leader or names[0]
    elif kind == "issuer":
        contacts.issuer = contacts.issuer or names[0]
    else:
        contacts.handlers += tuple(name for name in names if name not in contacts.handlers)


def _phones(
    source: Source, known: Sequence[Field[str]], start: int, end: int
) -> Iterator[Field[str]]:
    seen = {field.value for field in known}
    for match in PHONE.finditer(source.folded, start, end):
        value = _spelled(match.group())
        if value not in seen:
            seen.add(value)
            yield source.field(value, *match.span())


def _spelled(phone: str) -> str:
    """Mobiles in one piece, area codes with one hyphen: 0915─5220033 -> 0915-5220033."""
    phone, turn, extension = phone.partition("转")
    area = re.match(r"\(?(0\d{2,3})(?=[^\d]|\))", phone)
    inner = re.search(r"(?<=\d{7})[-—–─](?P<to>\d{3,4})$", phone)
    if inner is not None:
        phone, turn, extension = phone[: inner.start()], "-", inner["to"]
    digits = re.sub(r"[^\d*xX×]", "", phone)
    whole = f"{area[1]}-{digits[len(area[1]) :]}" if area else digits
    return f"{whole}{turn}{extension.strip()}"


def _people(source: Source, start: int, end: int) -> Iterator[Field[str]]:
    """Names that are no unit's: 联系单位和联系人及电话：云溪市水利局　林某某."""
    for name in _names(source, start, end):
        if len(name.value) < _UNIT_LENGTH or not (
            _OFFICE_END.search(name.value) or ORGAN_LINE.fullmatch(name.value)
        ):
            bare = _without_post(source, name)
            if bare is not None:
                yield bare


def _without_post(source: Source, name: Field[str]) -> Field[str] | None:
    """胡荣华 of 胡荣华副局长 or 副局长胡荣华; None for a post alone."""
    if _ONLY_POST.fullmatch(name.value):
        return None
    match = _WITH_POST.fullmatch(name.value)
    if match is None or name.span is None or not (match["before"] or match["after"]):
        return name
    start = source.clean_at(name.span.start)
    return source.literal(start + match.start("name"), start + match.end("name"))


def _names(source: Source, start: int, end: int) -> Iterator[Field[str]]:
    """Names up to the first thing that is none: a phone, a comma, another label."""
    at = start
    while at < end:
        match = _NAME.match(source.folded, at, end)
        if match is None:
            return
        value = "".join(source.clean[match.start() : match.end()].split())
        yield source.field(value, *match.span())
        gap = _BETWEEN_NAMES.match(source.folded, match.end(), end)
        if gap is None:
            return
        at = gap.end()


def approved_by(source: Source, start: int, end: int) -> tuple[str, Field[str]] | None:
    """``此复函已经李某某主任审签``: who approved, and by which verb (domain.md 1.9)."""
    match = _APPROVED.search(source.folded, start, end)
    if match is None or not (match["before"] or match["after"]):
        return None
    return match["verb"], source.literal(*match.span("name"))
