"""What a column of a register holds, told by its heading (domain.md 3, public records)."""

from __future__ import annotations

import re

from knowledge.reading.folding import fold

# Headings that name a field whatever stands before them: 市政协提案编号, 提案人工作单位.
_ENDINGS: dict[str, str] = {
    "case_number": (
        "提案号 提案编号 建议号 建议编号 案号 议案号 议案编号 件号 建议/提案号 提案/建议号 "
        "提案建议号 建议提案号 建议提案编号 提案建议编号 建议/提案编号 提案/建议编号 "
        "提案序号 建议序号"
    ),
    "title": (
        "案由 提案题目 提案标题 提案名称 提案题名 建议题目 建议标题 建议名称 建议提案标题 "
        "提案建议标题 建议提案题目 提案建议题目 建议提案名称 提案建议名称 建议/提案标题 "
        "提案/建议标题 议案标题 议案题目 件名"
    ),
    "proposal_summary": (
        "提案内容 建议内容 建议/提案内容 提案/建议内容 主要内容 内容摘要 提案摘要 建议摘要 "
        "提案要点 建议要点 内容概要 提案主要内容 建议主要内容"
    ),
    "member": (
        "提案人 提案人姓名 领衔委员 领衔代表 领衔人 领衔提案人 第一提案人 提案者 提案者姓名 "
        "委员姓名 代表姓名 建议人 建议人姓名 提出人 提出者 提出者姓名 提出人姓名 提案委员 "
        "提出代表 建议代表 领衔代表姓名 主提人 提案单位 第一提案者 建议提出人 代表委员姓名 "
        "委员代表姓名 领衔者"
    ),
    "supporters": (
        "附议人 附议者 附议委员 附议代表 联名人 联名委员 联名代表 联名提案人 联名者 "
        "参与代表 联署人 共同提案人 其他提案人 联名人员 附议人员"
    ),
    "employer": (
        "工作单位 所在单位 单位及职务 单位职务 工作单位及职务 单位和职务 单位与职务 "
        "提案人单位 委员单位 代表单位 提案者单位 工作单位职务"
    ),
    "unit": (
        "主办单位 承办单位 办理单位 牵头单位 独办单位 责任单位 牵头部门 主办部门 承办部门 "
        "办理部门 责任部门 答复单位 主责单位 分办单位 主承办单位 牵头办理单位 主办独办单位 "
        "主办/分办单位 主办/独办单位"
    ),
    "co_handlers": (
        "会办单位 协办单位 配合单位 会办部门 协办部门 配合部门 参与单位 协同单位 协助单位 "
        "会协办单位 会办/协办单位 协办/会办单位 参办单位"
    ),
    "assigned_on": ("交办日期 交办时间 转办日期 转办时间 分办日期 分办时间 下达日期 下达时间"),
    "due_on": (
        "办理时限 办理期限 办结时限 办结期限 应办结日期 应办结时间 答复时限 答复期限 "
        "应答复日期 应答复时间 限办日期 截止日期 截止时间 要求办结时间 要求办结日期 "
        "办复时限 办复期限 完成时限 规定办结时间 规定办结日期 应办复日期 应办复时间 "
        "限办时间 应复日期 限时办结日期 应办结"
    ),
    "replied_on": (
        "办结日期 办结时间 办复日期 办复时间 答复日期 答复时间 签发日期 签发时间 复文日期 "
        "复文时间 回复日期 回复时间 复函日期 复函时间 实际办结日期 实际办结时间 "
        "实际答复时间 实际答复日期"
    ),
    "result_class": (
        "办理结果 办理类别 答复类别 办复类别 结果类别 落实情况分类 解决程度 办理分类 "
        "结果分类 办理结果分类 办理等次 答复分类 办理程度"
    ),
    "satisfaction": (
        "满意度 满意情况 满意程度 是否满意 满意度测评 满意度评价 评价结果 测评结果 委员评价 "
        "代表评价"
    ),
    "member_opinion": (
        "反馈意见 委员意见 代表意见 意见反馈 反馈情况 委员反馈 代表反馈 委员反馈意见 代表反馈意见"
    ),
    "consulted_on": (
        "面商时间 面商日期 沟通时间 沟通日期 走访时间 走访日期 见面时间 见面日期 面复时间 "
        "面复日期 协商时间 协商日期 座谈时间 座谈日期"
    ),
    "place": "面商地点 沟通地点 走访地点 见面地点 协商地点 座谈地点",
    "method": ("面商方式 协商方式 沟通方式 面商形式 协商形式 沟通形式 走访方式 见面方式 面复方式"),
    "consulted_by": "面商人 面商人员 沟通人 沟通人员 走访人 走访人员 面商领导",
    "handler": (
        "承办人 经办人 联系人 承办人员 经办人员 具体承办人 具体经办人 办理人 承办人姓名 "
        "经办人姓名 联系人姓名 联系人及电话 承办人及电话 经办人及电话 联系人及联系电话 "
        "联系人及联系方式 承办人及联系电话 联系人电话姓名"
    ),
    "phone": (
        "联系电话 联系方式 手机号 手机号码 办公电话 电话号码 联系人电话 承办人电话 "
        "经办人电话 委员电话 代表电话 提案人电话 电话"
    ),
    "responsible_leader": (
        "责任领导 分管领导 牵头领导 领办领导 主管领导 包案领导 领衔领导 领办人 分管负责人"
    ),
    "session": "届次 会次 会议届次 届次会议 会议名称",
    "document_number": "复文文号 回复文号 发文字号 答复文号 答复函文号 文号 复函文号 发文号",
    "openness": "是否公开 是否同意公开 公开属性 公开方式 公开情况 公开类型 公开类别 是否主动公开",
    "reply_points": (
        "答复内容 回复内容 答复意见 办理意见 办理复文 办理情况 落实情况 答复要点 办理进展 "
        "答复内容摘要 复文摘要 办理情况摘要 复文内容 答复情况 办理落实情况 办理情况及结果 "
        "答复摘要 办理答复情况"
    ),
}
# Headings that name a field only when they stand alone: 附件名称 is no title.
_ALONE: dict[str, str] = {
    "case_number": "编号 号数 案件编号",
    "title": "标题 题目 名称 题名 议题",
    "proposal_summary": "内容 摘要 建议",
    "member": "姓名 委员 代表 提案方 建议者",
    "supporters": "附议 联名 联名附议 附议联名",
    "employer": "单位职务及职称 职务",
    "unit": (
        "主办 承办 独办 牵头 分办 主办/分办 主办/独办 独办/主办 承办单位名称 主办单位名称 "
        "单位名称 部门"
    ),
    "co_handlers": "会办 协办 配合 会办/协办 协办/会办 会协办",
    "openness": "公开 公开与否",
    "assigned_on": "交办",
    "due_on": "时限 期限 办理限期",
    "replied_on": "办结 办复 完成时间 完成日期",
    "result_class": "类别 结果 分类 等次 类型 ABC分类 答复类型",
    "satisfaction": "评价 满意与否 测评",
    "place": "地点",
    "phone": "手机",
    "responsible_leader": "领导",
    "session": "会议",
    "reply_points": "回复 答复 复文 办理结果说明",
}
_UNNAMED = (
    "序号 备注 界别 党派 代表团 组别 专委会 性别 民族 附件 重点 "
    "是否重点 提案类型 建议类型 件数 年度 年份 日期 时间 单位 签发人 签收人 状态 处理状态 办理状态 "
    "督办领导 政府督办领导 督办部门 提出日期 提交日期 提交时间 立案日期 立案时间 收文日期 发布日期 "
    "来源 签收时间 签收日期 审查意见 办理方式 答复方式 进度 方式 形式 人员"
)
_NOTHING = frozenset(_UNNAMED.split())
# Words too bare to be read on their own below another heading: 联系人 over 姓名.
_BARE = "姓名 单位 编号 名称 内容 类别 结果 建议 回复 答复 委员 代表 职务 会议 部门"
_GENERIC = frozenset(_BARE.split())
_NOTE = re.compile(r"\([^()]*\)|〔[^〔〕]*〕")
_MARKS = re.compile(r"[\s:*#、,。;·.\-—_]+")
_EDGE_WORDS = re.compile(r"(?:名称|全称)$")
_LONGEST = 24

_BY_ENDING = {word: field for field, words in _ENDINGS.items() for word in words.split()}
_EXACT = {
    **_BY_ENDING,
    **{word: field for field, words in _ALONE.items() for word in words.split()},
}
_LENGTHS = sorted({len(word) for word in _BY_ENDING}, reverse=True)


def normalised(heading: str) -> str:
    """A heading without blanks, notes in brackets and marks; 主 办 单位（盖章） -> 主办单位."""
    folded = fold(heading)
    bare = _MARKS.sub("", _NOTE.sub("", folded))
    return bare or _MARKS.sub("", folded.translate({ord(mark): None for mark in "()〔〕"}))


def is_heading(text: str) -> bool:
    """Whether a cell's text is a heading this program knows, on its own."""
    if len(text) > _LONGEST:
        return False
    bare = normalised(text)
    return bare in _EXACT or bare in _NOTHING


def field_of(levels: tuple[str, ...]) -> tuple[str, int] | None:
    """The field a heading names and how surely (0 is surest); None for headings of no field.

    Args:
        levels: headings of the column from the topmost merged one down to its own.
    """
    words = [normalised(level) for level in levels if normalised(level)]
    if not words:
        return None
    whole, own = "".join(words), words[-1]
    if len(own) > _LONGEST:
        return None
    lone = len(words) == 1
    if whole in _NOTHING or (own in _NOTHING and whole not in _EXACT):
        return None
    for at, (text, exact) in enumerate(((whole, True), (own, lone or own not in _GENERIC))):
        if exact and text in _EXACT:
            return _EXACT[text], at + (0 if text in _BY_ENDING else 2)
    for text in (whole, own):
        found = _ending(text)
        if found is not None:
            return found, 4
    return None


def _ending(text: str) -> str | None:
    """The field of the longest heading a text ends with."""
    for bare in dict.fromkeys((text, _EDGE_WORDS.sub("", text))):
        for length in _LENGTHS:
            if len(bare) > length and bare[-length:] in _BY_ENDING:
                return _BY_ENDING[bare[-length:]]
        if bare != text and bare in _BY_ENDING:
            return _BY_ENDING[bare]
    return None
