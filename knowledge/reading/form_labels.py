"""Which field a label belongs to, in all the words offices print (domain.md 3)."""

from __future__ import annotations

import re

_DOC = (
    r"(?:(?:政协|人大)?(?:委员|代表)?(?:提案|建议|议案|建议案|提案\(建议\)|建议\(提案\)"
    r"|提案/建议|建议/提案|建议提案|议案建议))"
)
_WHO = (
    r"(?:委员|代表|提案人|提案者|建议人|委员/代表|代表/委员|委员\(代表\)|代表\(委员\)"
    r"|领衔(?:委员|代表|提案人|人)|提案委员|建议代表|人大代表|政协委员)"
)
_TALK = r"(?:面商|沟通|走访|见面|座谈|协商|面复|约见|当面答复|面谈|会面)"
_UNIT = r"(?:承办|主办|办理|答复|责任|牵头)(?:单位|部门)"
_DAY = r"(?:时间|日期)"
_PHONE = r"(?:联系)?(?:电话|方式|手机)(?:号码)?"
_JUDGED = r"(?:的?(?:意见|评价|评议|满意度|满意程度|满意情况|是否满意|是否满意情况))"

# The first that fits a name whole decides; the order parts 会办单位 from 单位.
_FIELDS: dict[str, str] = {
    "co_handlers": r"(?:会办|协办|会同|参与|分办)(?:单位|部门)(?:名称)?|协办|会办",
    "unit_phone": (
        rf"{_UNIT}(?:联系人)?{_PHONE}"
        rf"|(?:承办人|经办人|联系人|面商人|答复人)员?(?:的)?{_PHONE}|单位{_PHONE}"
        r"|办公电话"
    ),
    "handler_phone": (
        r"(?:承办人|经办人|联系人|承办联系人)员?(?:及|和|与|/|、)(?:联系)?(?:电话|方式)"
    ),
    "unit": rf"{_UNIT}(?:名称)?|(?:现)?填[表报]单位|单位名称|主办|承办",
    "case_number": (rf"{_DOC}?(?:编号|案号|序号|号码)|{_DOC}号|案号"),
    "supporters": (
        r"(?:联名|附议|参与|联合)(?:委员|代表|人|提案人|者|提案者)(?:姓名|名单)?|联名|附议"
    ),
    "own_phone": rf"{_WHO}(?:的)?{_PHONE}|手机(?:号码?)?|移动电话",
    "member": (
        rf"{_WHO}(?:姓名|名称)?|姓名|{_DOC}?提出(?:者|人)|第一提案人"
        rf"|{_DOC}(?:单位|人|者)(?:姓名|名称)?"
        r"|被走访(?:委员|代表)(?:姓名)?|领衔"
    ),
    "employer": (
        r"(?:现)?工作单位(?:及|和|与|、|/)?(?:职务|职称)?|所在单位|单位(?:及|和|与|、|/)?职务"
        r"|工作单位\(职务\)|工作单位职务"
    ),
    "phone": rf"{_PHONE}",
    "session": r"(?:会议)?届次|会议名称|会次|届别|所属届次|提出会议|届次会议",
    "title": rf"{_DOC}?(?:的)?(?:题目|标题|名称|案由|题名|主题)|案由|案题",
    "proposal_summary": (
        rf"{_DOC}?(?:的)?(?:主要|具体|简要)?内容(?:摘要|要点)?"
        rf"|{_DOC}(?:要点|摘要|概要|主要诉求)|主要诉求"
    ),
    "reply_points": (
        rf"(?:办理)?答复(?:意见)?(?:的)?(?:主要)?(?:要点"
        rf"|内容|摘要|情况)(?:摘要)?|办理意见(?:要点)?|答复意见|答复"
        rf"|{_TALK}(?:内容|情况|要点|结果)|办理(?:复文|答复)(?:摘要|内容)?|回复(?:意见|内容|要点)?"
        r"|复文(?:摘要|内容|要点)|办理措施|办理过程|办理进展"
    ),
    "attitude": (
        rf"(?:对)?(?:(?:本|该|此)?件?{_DOC})?(?:{_UNIT})?(?:的)?(?:办理|工作|服务"
        rf"|答复)(?:人员)?(?:的)?"
        rf"态度{_JUDGED}?"
    ),
    "outcome": (
        rf"(?:对)?(?:(?:本|该|此)?件?{_DOC})?(?:{_UNIT})?(?:的)?(?:办理|答复)(?:的)?"
        rf"(?:结果|质量|效果){_JUDGED}|对(?:(?:本|该|此)?件?{_DOC})?(?:办理"
        rf"|答复)(?:的)?(?:结果|质量|效果)"
    ),
    "result_class": (
        r"现?(?:办理|办复|答复|落实|解决)(?:情况|结果|类别"
        r"|类型|程度)(?:分类|类别|认定)?|(?:办理)?(?:结果)?(?:分类|类别)"
        r"|解决程度"
    ),
    "satisfaction": (
        rf"(?:{_WHO})?(?:的)?(?:总体|综合|整体)?(?:满意(?:度"
        rf"|程度|情况)|评价|评议|是否满意|满意度评价|评价意见|评价等次"
        r"|办理评价|满意与否)"
        r"|(?:(?:人大)?代表|(?:政协)?委员|提案人|提案者)?对(?:本"
        r"|该)?(?:件)?(?:提案|建议)?(?:的)?(?:办理|答复|落实|复文"
        r"|承诺事项|承诺事项落实|承办单位|办复)?(?:工作"
        r"|情况|意见|函|复函)*(?:的)?(?:是否满意|满意(?:度|程度|情况)"
        rf"|评价|总体评价|意见)?"
    ),
    "reason": r"(?:不|未)满意(?:的)?(?:具体)?(?:原因|理由|意见)|具体(?:原因|理由)",
    "member_opinion": (
        rf"{_WHO}?(?:的)?(?:签字)?(?:意见(?:(?:和|及|、|与"
        rf"|或)?(?:要求|建议|理由))?|反馈意见|具体意见(?:和建议|建议)?"
        r"|其他意见(?:(?:和|及|、|与|或)?建议)?|回复意见"
        r"|签署意见|对答复的意见|反馈(?:情况|内容))|(?:还)?有(?:什么|何)(?:其他)?意见(?:(?:和"
        r"|或|、)建议)?|其他建议|评语|意见和要求"
    ),
    "answered_on": rf"(?:答复|面复){_DAY}",
    "consulted_on": rf"{_TALK}{_DAY}|{_TALK}(?:的)?(?:具体)?{_DAY}|时间",
    "place": rf"(?:{_TALK}|答复)?地点",
    "method": rf"(?:{_TALK}|答复|联系)(?:方式|形式)(?:为)?|办理方式|办理形式",
    "consulted_by": (
        rf"(?:{_TALK}|参加|参与|出席|答复)(?:人员?|领导|负责人"
        rf"|单位人员)(?:姓名|签名|签字)?|{_TALK}(?:单位)?参加人员?"
    ),
    "handler": (
        rf"(?:具体|直接)?(?:承办|经办)(?:人员?|负责人|责任人)(?:姓名"
        rf"|签名|签字)?|(?:{_UNIT})?联系人(?:姓名)?"
    ),
    "responsible_leader": (
        r"(?:责任|牵头|分管|主管|领办|领衔|包案)(?:县|市|区)?(?:领导|负责人)(?:姓名)?|领办人"
    ),
    "assigned_on": rf"(?:交办|分办|转办|派单|移交){_DAY}",
    "due_on": (
        rf"(?:应|要求|限定|规定|拟|须)(?:办结|答复|办复|完成"
        rf"|回复)(?:{_DAY}|期限)|(?:办理|答复|办结|办复)(?:期限|时限|限期)"
        rf"|(?:办理|答复|办结)?截止{_DAY}|限办{_DAY}|到期{_DAY}"
    ),
    "replied_on": rf"(?:办结|办复|回复|复文|办理完成|书面答复){_DAY}",
    "document_number": r"(?:回复|复文|复函|答复|答复函|来文|发文)?(?:文号|字号|发文字号)|发文字号",
    "signature": rf"{_WHO}?(?:本人)?(?:签字|签名|签章|签收|\(签字\)|\(签名\))|盖章|单位盖章|公章",
    "remark": r"备注",
    "aside": r"注|说明|填表说明|附注|注意事项",
}
_ALL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items()))
# Labels without a field of their own end the value above them and are kept by their name.
_NAMELESS = re.compile(
    r"(?:[\u4e00-\u9fff/、]{0,10}(?:时间|日期|单位|部门"
    r"|地址|电话|传真|邮箱|领导|人员|姓名|号码|证号|编号|期限|名称"
    r"|界别|代表团|联络组|小组|组别|邮编|邮政编码|职务"
    r"|职称|党派|民族|性别|类型|类别|分类|状态|进度|渠道|选项|事项|签发人"
    r"|(?:执笔|撰稿|起草|填报|汇报|陪同|经手|核稿|复核|校对)人|审核人|填表人|记录人|负责人"
    r"|联系人|经费|金额"
    r"|次数|份数|结论|原因|理由|落实情况|完成情况|整改情况|进展情况|是否[\u4e00-\u9fff]{2,8})"
    r"|(?:审查|审核|立案|处理|拟办|初审|复审|提案委|主席团|领导)(?:意见|批示|情况|结果)|批示"
    r"|是否[\u4e00-\u9fff]{2,8}|第[一二三四]次[\u4e00-\u9fff]{2,6}|日期|签发|审核|传真)"
)
_NOTE = re.compile(r"\((?:[^()]|\([^()]{0,10}\)){0,30}\)$")
_BLANK = re.compile(r"\s+")
_YOU = re.compile(r"^[您你](?:们)?(?:的|(?=对))?")
# In a cell of their own these are answers as often as labels.
_ANSWERS = frozenset(("主办", "承办", "协办", "会办", "联名", "附议", "领衔", "答复", "分办"))
_NUMBER = re.compile(
    r"[\s*#>]*(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.]|\([一二三四五六七八九十\d]{1,3}\))"
)
_DECORATION = re.compile(
    r"[\s*#>•·●◆■-]*(?:(?:[一二三四五六七八九十]{1,3}"
    r"|\d{1,2})[、.](?!\d)|\([一二三四五六七八九十\d]{1,3}\))?[\s*]*"
)
# Labels that a scan glues to their value and that no sentence begins with.
_GLUED = re.compile(
    r"(?:承办|主办|协办|会办|办理)单位|(?:提案|建议)(?:编号|标题|题目|案由)|(?:委员|代表)姓名"
    r"|提案人|领衔(?:代表|委员)"
    r"|附议(?:代表|委员)|工作单位|联系电话|(?:提案|建议)(?:主要)?内容(?:\(摘要\))?"
    r"|答复意见要点|办理复文(?:\(摘要\))?"
    r"|(?:委员|代表)意见和要求|具体意见|(?:面商|沟通|见面|走访)(?:时间|地点|人员|人)|(?:协商"
    r"|面商|沟通)方式"
    r"|(?:交办|办结|办复|答复)(?:时间|日期|期限)|不满意(?:的)?(?:理由|原因)|(?:责任|牵头"
    r"|督办)领导|承办人(?:电话)?|复文文号"
    r"|(?:办理(?:情况|结果)|满意(?:程度|度)|是否满意|对办理(?:态度|结果)的(?:评价|意见)"
    r"|人大代表对办理情况)"
    r"(?=\s*(?:\([^()]*\))?\s*[□☐☑☒√✓✔■A-D(不基满])"
)
_FULL = 4


def decoration_end(text: str) -> int:
    """Where a label begins behind bullets, numbers and marks of emphasis."""
    match = _DECORATION.match(text)
    return match.end() if match else 0


def is_numbered(text: str) -> bool:
    """Whether a label's words begin with a number: ``1.承办单位``."""
    return _NUMBER.match(text) is not None


def may_answer(printed: str) -> bool:
    """Whether a label's words may be the value of another: 主办 under 办理方式."""
    return _bare(printed) in _ANSWERS


def field_of(printed: str) -> str | None:
    """The field of a label as printed (folded), blanks and a note behind it left out."""
    name = _bare(printed)
    match = _ALL.fullmatch(name) if name else None
    if match is None:
        inner = _NOTE.sub("", name)
        match = _ALL.fullmatch(inner) if inner and inner != name else None
    return match.lastgroup if match else None


def is_nameless(printed: str) -> bool:
    """Whether words are a label that forms print and no field is kept for."""
    name = _NOTE.sub("", _bare(printed))
    return _NAMELESS.fullmatch(name) is not None


def is_full(printed: str) -> bool:
    """Whether a label is long enough to be told without a colon or a rule behind it."""
    return len(_NOTE.sub("", _bare(printed))) >= _FULL


def glued_label(text: str) -> str | None:
    """The label a line of a scan begins with when nothing parts it from its value."""
    match = _GLUED.match(text)
    return match.group() if match else None


def bare_label(printed: str) -> str:
    """A label as one reads it aloud: without padding and notes."""
    name = _bare(printed)
    return _NOTE.sub("", name) or name


def _bare(printed: str) -> str:
    return _YOU.sub("", _BLANK.sub("", printed).strip("*:"))
