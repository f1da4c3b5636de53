"""What the opening says: the proposal's title, who handles it, who helps (domain.md 1.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.domain.text import Field
from knowledge.reading.letters.titles import Title
from knowledge.reading.source import Source
from knowledge.reading.titles_in_text import BookTitle, find_book_titles
from knowledge.reading.words import OPENING, ORGAN_SUFFIX

_REACH = 700
# Without a formula the first sentence opens: a letter may be one paragraph.
_FIRST = re.compile(r"\s*[^\n。]*。?")
_ASK = r"(?:提案|建议案|建议|议案|意见|来信|问题|请求|情况)"
_QUOTED = re.compile(
    rf"(?:提出|提交|反映|关于)的?\s*[“\"](?P<title>[^”\"。]{{4,80}})[”\"](?=的?{_ASK}|[,(]|已?收悉)?"
)
_NUMBERED = re.compile(rf"第[^第。]{{1,12}}号\s*[“\"](?P<title>[^”\"。]{{2,80}})[”\"](?=的?{_ASK})")
_NAMED = re.compile(rf"[“\"](?P<title>关于[^”\"。]{{3,80}}{_ASK})[”\"]")
_PLAIN = re.compile(
    rf"(?:提出的?|提交的?|[您你]们?的?)(?P<title>关于[^。;《》“”:]{{3,80}}?{_ASK})(?=[,(。]|已?(?:经)?收悉|已|由|,)"
)
_TOPIC = re.compile(
    r"(?:关于|对)(?P<title>.{4,90}?(?:的)?(?:提案|建议案|建议|议案))的?(?:答复|复函|回复|会办|协办|办理|函)"
)
_BY_RULE = re.compile(r"(?:按照|依照|根据|依据|遵照|贯彻|落实)[^,。;]{0,8}$")
_ANSWER = re.compile(r"(?:答复|复函|答复函|的函|会办意见)》")
_MEETING = re.compile(r"届.{0,14}次|第[^第]{1,14}号|\d+号")
_ORGAN = rf"[\u4e00-\u9fff]{{1,18}}?{ORGAN_SUFFIX}"
_ORGANS = rf"(?P<units>{_ORGAN}(?:(?:[、和及]|以及){_ORGAN}){{0,9}})"
_HELPERS = (
    re.compile(
        rf"(?:经会?商|会商|(?<=[,。;])商|会同|经与|征求了?|并与){_ORGANS}(?=等|[,。;]|共同|联合|认真|专题|逐条|进行|研究|沟通|会商|商|协商|意见|对接|办理|承办|后)"
    ),
    re.compile(
        rf"(?:主办|办理|承办|负责|牵头)(?:此|该|本)?(?:件|提案|建议)?[,、;]{_ORGANS}(?:等(?:单位|部门))?(?:会办|协办|配合)"
    ),
    re.compile(
        rf"(?:我|本)(?:单位|[局委厅办院部]{{1,2}})(?:联合|商){_ORGANS}(?=等|[,。;]|后|共同|认真|专题|进行|研究)"
    ),
    re.compile(
        rf"(?:我|本)[局委厅办院部]{{1,2}}(?:与|同|和){_ORGANS}(?=会商|协商|共同|联合|研究|沟通|对接)"
    ),
    re.compile(
        rf"[,。;]{_ORGANS}(?:等(?:单位|部门))?(?:提供|提出|反馈|出具)了?的?(?:会办|协办)意见"
    ),
    re.compile(rf"经{_ORGANS}(?:会办|协办|会签)"),
    re.compile(rf"交由?{_ORGANS}(?:等(?:单位|部门))?(?:负责)?分办"),
    re.compile(
        rf"由{_ORGANS}(?:等(?:单位|部门))?(?:会办|协办|配合|(?:分别|共同|联合|分头)(?:办理|承办|答复))"
    ),
    re.compile(rf"[,;]{_ORGANS}(?=(?:负责)?分办)"),
    re.compile(rf"(?:召集|商请|邀请|组织){_ORGANS}(?=等|[,。;]|共同|专题|研究|会商|协商)"),
    re.compile(
        rf"(?:结合|综合|根据|汇总|吸收){_ORGANS}(?:等(?:单位|部门))?的?(?:会办|协办)?(?:意见|情况)"
    ),
    re.compile(rf"(?:会办|协办|参办)单位(?:为|是)?\s*[:]?\s*{_ORGANS}"),
)
_LEAD = re.compile(rf"(?:由|转|转由){_ORGANS}(?:(?:牵头)?主办|牵头办理)")
_LEAD_LABEL = re.compile(rf"主办单位(?:为|是)?\s*[:]?\s*{_ORGANS}")
_OWN = re.compile(r"^(?:由|交|转)?(?:我|本|你|您|贵)")
_HANDED = re.compile(r"[由交]我|我[局委厅办]|转我")
_SPLIT = re.compile(
    r"、|以及|(?<=[局厅委办会府心院队站所司团联社校学道镇乡组部馆处])(?:和|及|与)(?!平)"
)
_TASK = re.compile(r"(?:牵头)?(?:主办|会办|协办|分办|承办)$")
_LEVELS = "省市县区州"
"""市交通运输局 in the text is 云溪市交通运输局 below it."""
_SELF = (
    r"(?:由|交由|转由)?(?:我|本)"
    r"(?:单位|街道|[局委厅办市县区镇乡院部中心处公司支大总队站所馆校社署]{1,3})"
)
_ROLES = (
    (
        "split",
        re.compile(
            rf"分办答复|分办意见|{_SELF}(?:负责)?分办|分别办理|列为分办|分办件|交由?{_ORGANS}(?:负责)?分办"
        ),
    ),
    (
        "co_handler",
        re.compile(
            r"(?:提出|现将|将我[局委厅办院部]{1,2}的?)[^,。的]{0,8}(?:会办|协办)意见"
            r"|(?:会办|协办)意见(?:如下|函告|回复|反馈)"
            rf"|协办件|会办件|{_SELF}(?:负责)?(?:会办|协办)"
            rf"|{_SELF}[和与及、][^,。;]{{2,40}}?(?:会办|协办)"
            rf"|{_SELF}(?:负责)?配合(?:办理)?(?=[,。;])"
            rf"|{_SELF}(?:是|为|作为)(?:会办|协办|参办)单位"
        ),
    ),
    (
        "sole",
        re.compile(
            rf"{_SELF}(?:负责)?(?:独办|(?:单独|独立)(?:办理|承办)|承办单办|(?:是|为|作为)(?:独办|单办)单位)|独办件|单办件"
        ),
    ),
    (
        "lead",
        re.compile(
            rf"{_SELF}(?:负责)?(?:牵头)?(?:主办|牵头办理)|主办件"
            r"|(?:我|本)[^,。]{1,4}(?:是|为|作为)(?:(?:牵头)?主办|牵头(?:办理)?)单位"
            rf"|{_SELF}(?:办理|承办|负责|牵头)[,、;][^。]{{2,60}}(?:会办|协办|配合办理)"
        ),
    ),
)

_TITLE_ROLES = (
    ("split", re.compile(r"分办答复|分办意见|分办件")),
    ("co_handler", re.compile(r"会办意见|协办意见|协办件|会办件")),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening's stretch (clean offsets), from the salutation to …如下."""

    start: int
    end: int


def find_opening(source: Source, start: int, end: int) -> Opening:
    """The stretch up to the last sign of the opening formula near the body's start."""
    stop = min(end, start + _REACH)
    last = start
    for match in OPENING.finditer(source.folded, start, stop):
        last = match.end()
        if "如下" in match.group():
            break
    if last == start:
        first = _FIRST.match(source.folded, start, stop)
        last = first.end() if first else stop
    return Opening(start, last)


def proposal_title(
    source: Source, opening: Opening, title: Title | None
) -> tuple[Field[str], tuple[int, int]] | None:
    """The proposal's own title and the stretch with its marks.

    In 《》 or “” or plain in the opening, else inside the letter's title (domain.md 1.1, 1.8).
    """
    if title is not None:
        inside = next(find_book_titles(source.folded, title.start, title.end), None)
        if inside is not None:
            return _of_book(source, inside)
    for book in find_book_titles(source.folded, opening.start, opening.end):
        if _asked(source, book, opening):
            return _of_book(source, book)
    for pattern in (_QUOTED, _NUMBERED, _NAMED, _PLAIN):
        match = pattern.search(source.folded, opening.start, opening.end)
        if match is not None:
            start, end = match.span("title")
            return source.field(source.one_line(start, end), start, end), (start, end)
    return _topic(source, title)


def _asked(source: Source, book: BookTitle, opening: Opening) -> bool:
    """Policies are named in openings too, but not as something the member put forward."""
    if _ANSWER.search(source.folded, book.inner_start, book.end):
        return False
    before = source.folded[max(opening.start, book.start - 16) : book.start]
    inner = source.folded[book.inner_start : book.inner_end]
    after = source.folded[book.end : book.end + 20]
    if _BY_RULE.search(before) and not re.search(rf"{_ASK}\s*$", inner):
        return False
    return bool(
        re.search(
            r"(?:提出|提交|反映|您的|你的|你们的|您们的|关于|建议|提案|交办的|转来的?|来的|的|,)\s*$",
            before,
        )
        or re.search(rf"{_ASK}\s*$", inner)
        or re.match(rf"\s*(?:\([^()]*\))?\s*(?:的?{_ASK}|已?收悉)", after)
        or book.start - opening.start < len("您提出的") + 2
    )


def _of_book(source: Source, book: BookTitle) -> tuple[Field[str], tuple[int, int]]:
    value = source.one_line(book.inner_start, book.inner_end)
    return source.field(value, book.inner_start, book.inner_end), (book.start, book.end)


def _topic(source: Source, title: Title | None) -> tuple[Field[str], tuple[int, int]] | None:
    if title is None:
        return None
    text = title.compact.text
    match = _TOPIC.search(text)
    if match is None or _MEETING.search(match["title"]):
        return None
    start, end = title.compact.bounds(*match.span("title"))
    # 关于加强…的建议的答复: the proposal is called 关于加强…的建议.
    about = title.compact.bounds(match.start(), match.end("title"))
    if text.startswith("关于", match.start()):
        start = about[0]
    return source.field(source.one_line(start, end), start, end), (start, end)


def read_role(
    source: Source, opening: Opening, title: Title | None, own: Sequence[Field[str]] = ()
) -> Field[str] | None:
    """lead, co_handler, split or sole, where the title or the opening says so.

    Args:
        source: the text.
        opening: where it is told.
        title: the letter's title.
        own: the units that sign, which an opening may name instead of 我局.
    """
    if title is not None:
        for role, pattern in _TITLE_ROLES:
            match = pattern.search(source.folded, title.start, title.end)
            if match is not None:
                return source.field(role, *match.span())
    for role, pattern in _ROLES:
        match = pattern.search(source.folded, opening.start, opening.end)
        if match is not None:
            return source.field(role, *match.span())
    for match in _LEAD.finditer(source.folded, opening.start, opening.end):
        named = [field.value for field in _units(source, *match.span("units"))]
        if any(unit.value.endswith(name.lstrip(_LEVELS)) for unit in own for name in named):
            return source.field("lead", *match.span())
    return None


def other_units(
    source: Source, opening: Opening, own: Sequence[Field[str]] = ()
) -> tuple[Field[str], ...]:
    """Units that handle with, or mainly handle instead of, the writing one.

    Args:
        source: the text.
        opening: where it is told.
        own: the units that sign; 市教育局 is 云溪市教育局 itself.
    """
    fields: dict[str, Field[str]] = {}
    for pattern in (*_HELPERS, _LEAD, _LEAD_LABEL):
        for match in pattern.finditer(source.folded, opening.start, opening.end):
            for field in _units(source, *match.span("units")):
                if _HANDED.search(field.value) or _OWN.match(field.value):
                    continue
                if not any(unit.value.endswith(field.value) for unit in own):
                    fields.setdefault(field.value, field)
    return tuple(fields.values())


def _units(source: Source, start: int, end: int) -> Iterator[Field[str]]:
    left = start
    for gap in [*_SPLIT.finditer(source.folded, start, end), None]:
        right = gap.start() if gap else end
        task = _TASK.search(source.folded[left:right])
        right = left + task.start() if task else right
        if right > left:
            yield source.literal(left, right)
        left = gap.end() if gap else end
