"""What a site puts around a letter: menus, tools, links, its own foot. In doubt it stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from knowledge.domain.text import Span
from knowledge.reading.loaders.html_lines import HtmlLine
from knowledge.reading.loaders.html_styles import Styles, dropped
from knowledge.reading.loaders.html_tree import BLOCKS, Node, measured

_NAMED = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|breadcrumb|crumbs?|footer|foot|header|sidebar"
    r"|share|toolbar|pager|pagination|copyright|search|login|banner|advert)(?:$|[-_ ])",
    re.IGNORECASE,
)
_NAMED_TAGS = ("div", "ul", "section", "table", "form")
_SITE_TAGS = ("nav", "footer", "aside", "header")
# Whatever a letter, a form, a policy or the record of a case cannot do without.
_SPEAKS = re.compile(
    r"[^。！？\n]{6,}[。！？；]|(?:委员|代表|同志|政协|人大)[^\n]{0,12}[：:]|〔\d{4}〕|\[\d{4}\]\d"
    r"|第\s*[A-Za-z\d]+\s*号|关于.{4,60}(?:答复|复函|函|意见|提案|建议|通知|办法|报告|规定|决定)"
    r"|(?:提案|建议)(?:编号|内容|人|者|号)|(?:委员|代表)姓名|面商|办理(?:情况|结果|类别|复文)|答复(?:内容|意见)"
    r"|承办人|责任领导|抄\s*送|联系人|签发|索\s*引\s*号|文\s*号|公开(?:方式|属性|类别|类型)|(?:发布|成文)日期|附\s*件"
    r"|^\s*\d{4}年\d{1,2}月\d{1,2}日\s*$|[☑☒□√]",
    re.MULTILINE,
)
_SITE_TEXT = re.compile(
    r"[^。\n]{0,80}(?:浏览器|分辨率|转载|版权|未经|Copyright)[^。\n]{0,80}。"
    r"|(?:ICP备|公网安备)[^。\n]{0,30}?号",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"ICP\s*备|公网安备|版权所有|网站标识码|copyright|政府网站找错|All\s+Rights\s+Reserved",
    re.IGNORECASE,
)
_FOOT_LINE = re.compile(
    r"(?:主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|技术支持|维护单位|网站地图|联系我们|关于我们|网站声明|使用帮助"
    r"|备案(?:号|序号)?|地址|邮编|邮政编码|网站管理|运维)"
)
_CRUMB = re.compile(
    r"\s*(?:(?:您|现在|当前|所在).{0,6}位置\s*是?\s*[：:>》]?\s*(?:$|.{0,20}(?:首页|主页|网站|[>》›→]))"
    r"|(?:网站)?首页\s*(?:[>》›→/]|-+>))",
    re.DOTALL,
)
_TOOL = (
    r"打印(?:本页|本文|页面)?|关闭(?:窗口|本页)?|字(?:号|体)(?:大小)?|分享(?:到|至)?|收藏(?:本页|本站)?|返回(?:顶部|列表|首页)?"
    r"|回到顶部|顶部|我要纠错|纠错|扫一扫[^。\s]{0,16}|微信|新浪微博|微博|QQ空间|QQ好友|朗读|语音播报|无障碍(?:阅读|浏览)?|关怀版|长者(?:模式|版|助手)"
    r"|手机版|移动版|电脑版|繁体(?:版|中文)?|简体(?:版|中文)?|English|EN|登录|注册|设为首页|加入收藏|搜索|检索|高级搜索|站内搜索"
    r"|请输入关键[字词]|热门搜索|(?:阅读|浏览|点击|访问)(?:次数|量|数)?[：:]?\s*\d*\s*次?|大|中|小|默认|视力保护色?|下载|\+|A[+-]"
)
_MENU = (
    r"(?:网站)?首页|主站|政务公开|(?:政府)?信息公开(?:目录|指南|年报)?|政务服务|办事服务|网上办事|互动交流|政民互动|公众参与|政务互动"
    r"|新闻(?:中心|动态)|要闻动态|政务动态|机构(?:概况|设置|职能)|领导之窗|专题专栏|数据(?:开放|发布)|通知公告|解读回应|政策(?:解读|文件)"
    r"|走进[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,3}概况|建议提案(?:办理)?|(?:人大)?建议(?:和)?(?:政协)?提案办理(?:结果)?|提案建议|便民服务|政府文件"
)
_MARKS = r"[\s：:【】\[\]|｜/()（）·>》›、，,\-—_]*+"
# Possessive: a line of many tools is judged in one pass.
_TOOLS = re.compile(rf"{_MARKS}(?:(?>{_TOOL}|{_MENU}){_MARKS})++")
_FLANK = re.compile(
    r"\s*+[【\[(（]?\s*+(?>打印(?:本页|本文)?|关闭(?:窗口|本页)?|分享到?\s*+[：:]?"
    r"|字[号体](?:大小)?\s*+[：:]?\s*+[\[【（(]?(?:\s*+[大中小]\s*+[|/]?){1,3}+[\]】）)]?"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*+[：:]\s*+\d*\s*+次?)\s*+[】\])）]?\s*+"
)
_FLANKS = re.compile(rf"(?:{_FLANK.pattern}|[\s|｜】\])）]++)*+")
_META = re.compile(r"发布|来源|时间|日期|作者")
_BESIDE = re.compile(
    r"[上下]一?[篇条页个](?:文章|新闻|信息)?[：:].{0,90}|没有了"
    r"|(?:相关|推荐)(?:链接|文章|阅读|信息|新闻|文件|推荐|内容)[：:]?|热点(?:推荐|新闻)|猜你喜欢|延伸阅读|热门搜索[：:].{0,60}"
    r"|友情链接|扫一扫.{0,30}|(?:微信)?公众号|责任编辑[：:].{0,20}|[（(]?编辑[：:][^。]{1,12}[）)]?"
)
_OFFICE = re.compile(r"主办(?:单位)?\s*[：:].{2,60}承办(?:单位)?\s*[：:].{2,60}")
_LONGEST = 300
_LONGEST_CRUMB = 200
_LONGEST_FOOT = 800
_READ = 20_000
_FEWEST_LINKS = 3
_LINKED = 0.5
_ROWS, _COLUMNS = 3, 4
_LAST = 5
_NEIGHBOURS = 12
_CELLS = ("td", "th", "tr", "tbody", "thead", "dd", "dt")
_NEVER = ("html", "body", "main", "article")


def prune(top: Node, styles: Styles) -> Node:
    """The tree without what is not laid out and without the site's furniture.

    Furniture stays where nothing else would: a page of links is the page meant.
    """
    unshown = _found(top, lambda node: dropped(node, styles.of(node)))
    before = _remove(unshown)
    if any(says(node.text()) for node in unshown) and not says(top.text()):
        # A script would have shown the letter; without one nothing is left to read.
        for parent, children in before.items():
            parent.children = children
    furniture = _found(measured(top), _is_furniture)
    furniture += [other for node in furniture for other in _beside_foot(node)]
    if sum(node.size for node in furniture) < top.size:
        _remove(furniture)
    return top


def _beside_foot(node: Node) -> Iterator[Node]:
    """Blocks next to a site's foot that go on with it: who runs it, where, by whose means."""
    parent = node.parent
    if parent is None or not _FOOT.search(node.text()):
        return
    at = parent.children.index(node)
    above = parent.children[max(at - _NEIGHBOURS, 0) : at][::-1]
    for side in (above, parent.children[at + 1 : at + _NEIGHBOURS]):
        yield from takewhile(_goes_on, (child for child in side if isinstance(child, Node)))


def _goes_on(node: Node) -> bool:
    if node.size > _LONGEST or node.tag not in BLOCKS:
        return False
    text = node.text().strip()
    return _FOOT_LINE.match(text) is not None and not says(text) and not _FOOT.search(text)


def _found(top: Node, judge: Callable[[Node], bool]) -> list[Node]:
    """The uppermost nodes a judge names."""
    found: list[Node] = []
    stack = [top]
    while stack:
        node = stack.pop()
        if node is not top and judge(node):
            found.append(node)
        else:
            stack += [child for child in node.children if isinstance(child, Node)]
    return found


def _remove(nodes: Sequence[Node]) -> dict[Node, list[Node | str]]:
    """Nodes taken out, a block leaves the end of a line behind; the children there were."""
    gone = set(nodes)
    parents = {node.parent for node in nodes if node.parent is not None}
    before = {parent: parent.children for parent in parents}
    for parent, children in before.items():
        parent.children = [_left(child, parent) if child in gone else child for child in children]
    return before


def _left(child: Node | str, parent: Node) -> Node | str:
    block = isinstance(child, Node) and child.tag in BLOCKS and child.tag not in _CELLS
    return Node("br", {}, parent) if block else ""


def _is_furniture(node: Node) -> bool:
    if node.tag not in BLOCKS or node.tag in _NEVER or node.size > _READ:
        return False
    if _is_named(node) or _is_link_list(node):
        return not _speaks(node)
    if node.tag in _CELLS or node.size > _LONGEST_FOOT or not node.size:
        return False
    text = node.text().strip()
    return _is_part(node, text) or (_FOOT.search(text) is not None and not says(text))


def _is_named(node: Node) -> bool:
    """Whether a name tells of furniture: an article's own header is none."""
    if node.tag in _SITE_TAGS:
        return True
    names = f"{node.get('class')} {node.get('id')} {node.get('role')}"
    return node.tag in _NAMED_TAGS and _NAMED.search(names) is not None


def _is_link_list(node: Node) -> bool:
    many = node.links >= _FEWEST_LINKS and node.linked > _LINKED * node.size
    return many and not _is_case_list(node)


def _is_case_list(node: Node) -> bool:
    """Whether a table with a row a case stands in it: its titles are links, too."""
    rows = (child for child in node.below() if child.tag == "tr")
    cells = [
        sum(isinstance(cell, Node) and cell.tag in ("td", "th") for cell in row.children)
        for row in rows
    ]
    return sum(count >= _COLUMNS for count in cells) >= _ROWS


def _speaks(node: Node) -> bool:
    """Whether it may belong to a letter; of a list of links only what is no link counts."""
    return says(node.text(linked=node.links < _FEWEST_LINKS))


def says(text: str) -> bool:
    """Whether a text has what letters, forms and records have and furniture has not."""
    return _SPEAKS.search(_SITE_TEXT.sub("", text)) is not None


def _is_part(node: Node, text: str) -> bool:
    """Whether a whole block is a way to the page, a row of tools, or points elsewhere."""
    if node.size > _LONGEST or "。" in text:
        return False
    return (_CRUMB.match(text) is not None and node.size < _LONGEST_CRUMB) or _is_aside(text)


def without_furniture(lines: Sequence[HtmlLine]) -> list[HtmlLine]:
    """Lines of a page without those of its furniture that stand among the letter's."""
    feet = {at for at, line in enumerate(lines) if _is_foot(line, len(lines) - at)}
    for at in sorted(feet):
        for step in (-1, 1):
            beside = at + step
            while 0 <= beside < len(lines) and _FOOT_LINE.match(lines[beside].text):
                feet.add(beside)
                beside += step
    return [
        _unflanked(line) for at, line in enumerate(lines) if at not in feet and not _is_tool(line)
    ]


def _is_foot(line: HtmlLine, left: int) -> bool:
    if line.cells or len(line.text) > _LONGEST:
        return False
    office = left <= _LAST and _OFFICE.match(line.text) is not None
    return office or (_FOOT.search(line.text) is not None and not says(line.text))


def _is_tool(line: HtmlLine) -> bool:
    text = line.text
    if line.cells or line.hidden or len(text) > _LONGEST or "。" in text:
        return False
    crumb = _CRUMB.match(text) is not None and len(text) < _LONGEST_CRUMB
    return crumb or _is_aside(text)


def _is_aside(text: str) -> bool:
    """Whether a text only names tools, menus or other pages, however it is spaced."""
    bare = "".join(text.split())
    return any(pattern.fullmatch(bare) for pattern in (_TOOLS, _BESIDE))


def _unflanked(line: HtmlLine) -> HtmlLine:
    """A line of metadata without the tools at its end."""
    text = line.text
    if line.cells or len(text) > _LONGEST or not _META.search(text):
        return line
    end = len(text)
    for match in _FLANK.finditer(text):
        rest = text[match.end() :]
        if not _FLANKS.fullmatch(rest):
            continue
        end = match.start()
        break
    kept = text[:end].rstrip(" |｜【[（(")
    hidden = tuple(Span(span.start, min(span.end, len(kept))) for span in line.hidden)
    return (
        replace(line, text=kept, hidden=tuple(s for s in hidden if s.start < s.end))
        if kept
        else line
    )
