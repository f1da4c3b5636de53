"""面商: when, how and with whom the letter says it was talked over (domain.md 1.8, 2.3)."""

from __future__ import annotations

import re
from datetime import date

from knowledge.domain.facts import Consultation
from knowledge.domain.text import Field
from knowledge.reading.dates import DATE, SHORT_DATE, of_match
from knowledge.reading.letters.assignments import before
from knowledge.reading.source import Source

_TALK = re.compile(
    r"面商|面复|面谈|当面(?:沟通|汇报|交流|答复|征求|听取)|电话(?:沟通|联系|交流|征求)|微信(?:沟通|联系)"
    r"|(?:与|同|和|向)(?:[^,。;、]{0,4}(?:代表|委员)(?!会)|您|你|你们|提案人|提案者|贵[^,。;]{1,4})"
    r"[^。]{0,16}?(?:面商|沟通|座谈|见面|交流|联系|协商|对接|汇报|通报|察看|查看|踏勘|调研)"
    r"|邀请(?:您|你们?|提案人|代表|委员)[^。]{0,10}(?:参加|参与|出席|察看|查看|踏勘|调研|座谈)"
    r"|(?:登门|上门)(?:走访|拜访|沟通|汇报|听取)(?!了?(?:群众|居民|企业|农户|困难|村民|用户|商户|各|辖区|服务|户))"
    r"|(?:登门|上门|实地)?(?:走访|拜访)(?:了)?(?:您|你|代表|委员)"
    r"|(?:到|赴|去)(?:贵单位|贵[^,。]{1,4}|[您你][^,。]{0,12})[^,。]{0,6}(?:走访|拜访|登门|上门|面对面|当面|汇报)"
    r"|(?:召开|举行|组织)[^。]{0,8}座谈会?[^。]{0,12}(?:听取|征求)[^。]{0,6}(?:代表|委员|您|提案)"
    r"|面对面(?:沟通|交流|汇报|答复|协商)"
)
_WAYS = (
    "电话",
    "微信",
    "座谈",
    "登门",
    "上门",
    "走访",
    "视频",
    "书面",
    "短信",
    "邮件",
    "当面",
    "面对面",
    "面商",
    "见面",
    "面复",
    "实地",
    "协商",
    "调研",
)
_PERSON = re.compile(
    r"(?:由|我局|我委|我厅|我办|本局|(?<=[,日]))(?P<post>[^,。;:\s]{0,8}?(?:局长|主任|厅长|科长|处长|书记|镇长|县长|院长|组长|负责人))(?P<name>[\u4e00-\u9fff]{2,3}?)"
    r"(?=同志|带队|与|同|于|率|向|到|登门|电话|当面|上门|,)"
)

# 我局物业科房小楼与您面商: a person without a post, behind the office they sit in.
_CLERK = re.compile(
    r"(?:我|本)[\u4e00-\u9fff]{0,4}?(?:局|委|厅|办|队|中心|站)[\u4e00-\u9fff]{1,6}?(?:科|处|室|股|中队)"
    r"(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志)?(?=与[您你代]|同[您你代]|向[您你代]|登门|上门|电话|当面|到[您你代])"
)
_TIMES = re.compile(r"[一两二三多数几]次|先后|一同|专门|主动|再次|及时|分别|多次|亲自")


def read_consultation(
    source: Source, start: int, end: int, signed: date | None
) -> Field[Consultation] | None:
    """The first sentence of the body that tells of it.

    Args:
        source: the text.
        start: clean offset of the body.
        end: clean offset behind it.
        signed: the letter's date; a month and day without a year lie before it.
    """
    folded = source.folded
    for match in _TALK.finditer(folded, start, end):
        left, right = _sentence(folded, match, start, end)
        if re.search(r"(?:(?<!邀)请|欢迎|可|如有)[^。]{0,20}$", folded[left : match.start()]):
            continue
        sentence = folded[left:right]
        day = _date(folded[left : match.start()], signed) or _date(sentence, signed)
        value = Consultation(day, _way(sentence), _person(sentence))
        if value.date or value.person or re.search(r"[您你]|代表|委员|提案", sentence):
            return source.field(value, *source.trimmed(left, right))
    return None


def _sentence(folded: str, match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    left = max(folded.rfind(mark, start, match.start()) for mark in "。;\n")
    rights = (folded.find(mark, match.end(), end) for mark in "。\n")
    right = min((at for at in rights if at >= 0), default=end)
    return (start if left < 0 else left + 1), right


def _date(sentence: str, signed: date | None) -> date | None:
    """The last date of a stretch: the nearest one before the talk."""
    *_, full = [None, *DATE.finditer(sentence)]
    *_, short = [None, *SHORT_DATE.finditer(sentence)]
    if full is not None and (short is None or short.start() < full.end()):
        return of_match(full)
    return before(short, signed) if short else None


def _way(sentence: str) -> str | None:
    return next((way for way in _WAYS if way in sentence), None)


def _person(sentence: str) -> str | None:
    for pattern in (_PERSON, _CLERK):
        match = pattern.search(sentence)
        if match is not None and _TIMES.fullmatch(match["name"]) is None:
            return match["name"]
    return None
