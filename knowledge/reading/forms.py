"""Forms of the field and their labels: 面商记录表, 回执, 征询意见表 (domain.md 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reading.source import Line, Source

_TITLE = re.compile(
    r"[#*\s]*(?:附件\s*\d{0,2}\s*[::]?\s*)?[^。;,《:]{0,40}"
    r"(?:(?:面商|沟通|走访|见面|协商|座谈|面复)(?:情况)?(?:记录|登记)[表单]?|当面答复[^。]{0,24}记录[表单]?"
    r"|征询意见[表函]|意见征[求询]表|征求意见表|意见反馈[表单]|反馈意见?[表单]|情况反馈表|回执[单表]?|办理落实情况登记表)"
    r"[\s*]*(?:\([^()]{1,20}\))?"
)
_LABELS: dict[str, str] = {
    "unit": r"(?:主|会|协)?(?:承)?办单位|填表单位",
    "case_number": r"(?:提案|建议|议案)?(?:编\s*号|案\s*号)|提案号|建议号|建议/提案号",
    "member": r"(?:代表\(委员\)|委员\(代表\))姓名"
    r"|(?:委员|代表|提案人|领衔代表|领衔委员|提案者|建议人)(?:姓名)?|姓\s*名",
    "employer": r"工作单位(?:及职务|和职务)?|所在单位|单位(?:及|和)?职务|通讯地址",
    "phone": r"联系(?:电话|方式)|电\s*话|手\s*机",
    "proposal_summary": r"(?:提案|建议)(?:的)?(?:主要)?内容(?:\(?摘要\)?)?"
    r"|主要内容|提案要点|建议要点",
    "case_title": r"(?:建议\(提案\)|提案\(建议\))(?:题目|标题|名称)"
    r"|(?:提案|建议)?(?:题目|标题|名称)|案\s*由|提案题名",
    "reply_points": r"答复(?:意见)?要点|答复(?:主要)?内容|办理意见要点|答复意见|面商内容|沟通内容"
    r"|办理复文(?:\(摘要\))?",
    "result_class": r"办理(?:情况|结果|类别)|现?办复类别|答复类别|类\s*别",
    "member_opinion": r"(?:委员|代表|提案人|提案者)?(?:的)?(?:意见(?:和|及|、|与)(?:要求|建议)"
    r"|反馈意见|具体意见)|具体意见|(?:委员|代表)(?:签字)?意见|人大代表对办理情况",
    "satisfaction": r"(?:对)?(?:办理|答复)?(?:工作|结果|态度|情况)?(?:的)?(?:是否满意"
    r"|满意(?:度|程度|情况))|评价(?:意见)?|(?:对)?办理态度(?:的?(?:意见|评价))?|对办理结果(?:的?(?:意见|评价))?",
    "consulted_on": r"(?:面商|沟通|走访|见面|座谈|协商|面复|答复)(?:时\s*间|日\s*期)|时\s*间",
    "place": r"(?:面商|沟通|走访|见面|座谈|协商|答复)?地\s*点",
    "method": r"(?:面商|沟通|协商|走访)(?:方式|形式)",
    "consulted_by": r"(?:面商|沟通|走访|见面|座谈|承办|参加|答复)(?:人员?|领导)(?:姓名|签名)?"
    r"|承办负责人|经办人|记录人",
    "signature": r"签\s*[字名]|(?:委员|代表)签[字名]|盖\s*章",
    "other": r"日\s*期|落实情况|填[表写](?:日期|时间|单位|人)|寄回地址|回\s*执|备\s*注"
    r"|不满意(?:的)?(?:原因|理由)|提出日期|交办(?:日期|时间)|办结(?:日期|时间)|界\s*别|代表团|所属代表团|邮\s*编|邮政编码"
    r"|职\s*务|签发人",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\n\t|]))[ \t|>*]*(?P<name>"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items())
    + r")\s*(?P<note>\([^()\n]{1,20}\))?\s*(?P<mark>[:]|(?=[\t|\n])|$)",
    re.MULTILINE,
)
_INLINE = re.compile(
    r"(?<=[ \u3000])(?P<name>"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items())
    + r")\s*(?P<note>\([^()\n]{1,20}\))?\s*(?P<mark>:)"
)
# Scans and pdf tables part a label from its value by a blank: only full labels count there.
_FULL = (
    r"承办单位|(?:提案|建议)编号|(?:委员|代表)姓名|工作单位|联系电话|(?:提案|建议)主要内容"
    r"|答复意见要点|办理情况|(?:委员|代表)意见和要求|(?:面商|沟通)(?:时间|地点|人员?)|满意度|满意程度"
)
_SPACED = re.compile(
    rf"(?:^|(?<=\s))(?P<full>{_FULL})[ \t]*(?P<note>\([^()\n]{{1,20}}\))?(?:[ \t]+|(?<=\)))(?=\S)",
    re.MULTILINE,
)
_LONGEST_TITLE = 50
_FORM_REACH = 8
_NOTE_REACH = 1
_NOTE = re.compile(r"[#*\s]*附件\s*\d{0,2}\s*:")
_FEWEST_LABELS = 4
_BOX = re.compile(r"[□☐☑☒√✓✔■▢]|<input")


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A label of a form: which field, where it stands, where its value begins."""

    name: str
    start: int
    end: int


def is_form_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line heads a form: its words, and labels or boxes right below."""
    text = lines[index].text
    if len(text) > _LONGEST_TITLE or _TITLE.fullmatch(text) is None:
        return False
    # 附件：…回执 under a letter only announces the form; the form's own head has labels below.
    reach = _NOTE_REACH if _NOTE.match(text) else _FORM_REACH
    below = lines[index + 1 : index + 1 + reach]
    return any(_LABEL.search(line.text) or _BOX.search(line.text) for line in below)


def form_labels(source: Source, start: int, end: int) -> list[FormLabel]:
    """Labels of a form in order; rows of a table and several labels on a line alike."""
    found: dict[int, FormLabel] = {}
    for label in _labels(source, start, end):
        found.setdefault(label.start, label)
    ordered = [found[at] for at in sorted(found)]
    return [
        label
        for index, label in enumerate(ordered)
        if index == 0 or label.start >= ordered[index - 1].end
    ]


def _labels(source: Source, start: int, end: int) -> Iterator[FormLabel]:
    for pattern in (_INLINE, _LABEL):
        for match in pattern.finditer(source.folded, start, end):
            name = next(name for name in _LABELS if match[name] is not None)
            yield FormLabel(name, match.start("name"), match.end())
    for match in _SPACED.finditer(source.folded, start, end):
        name = next(name for name, words in _LABELS.items() if re.fullmatch(words, match["full"]))
        yield FormLabel(name, match.start("full"), match.end())


def looks_like_form(source: Source) -> bool:
    """Whether enough different labels of a 面商 record stand in a text without a title."""
    names = {label.name for label in form_labels(source, 0, min(len(source.clean), 4000))}
    talked = names & {"consulted_on", "consulted_by", "place", "member_opinion", "reply_points"}
    return len(names) >= _FEWEST_LABELS and bool(talked)
