"""A site's furniture is left out even without a telling name; the letter never is."""

from __future__ import annotations

import pytest

from tests.unit.reading.html_builder import LETTER, lines

_OWN = lines(LETTER)


def _links(words: str) -> str:
    return "".join(f'<li><a href="/x">{word}</a></li>' for word in words.split())


_RELATED = _links("关于第117号提案的答复 关于第119号提案的答复 关于第120号提案的答复")


@pytest.mark.parametrize(
    "above",
    [
        f"<ul>{_links('首页 政务公开 政务服务 互动交流 走进云溪')}</ul>",
        f"<div><div><ul>{_links('县财政局 县民政局 县教育局 县审计局')}</ul></div></div>",
        "<div>当前位置：<a href='/'>首页</a> &gt; <a href='/z'>政务公开</a> &gt; 建议提案</div>",
        "<div>您所在的位置：首页 > 建议提案 > 关于市政协六届二次会议第118号提案的答复</div>",
        "<span>您的位置：</span><a href='/'>首页</a>&gt;<a href='/b'>提案办理</a><br>",
        "<p>【字号：<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a>】【打印】【关闭】</p>",
        "<p>分享到：微信 新浪微博 QQ空间</p>",
        "<div><input type='text' placeholder='请输入'>热门搜索：<a href='/1'>社保</a></div>",
        "<table><tr><td>网站首页</td><td>新闻中心</td><td>政务公开</td><td>办事服务</td></tr></table>",
        "<div class='top-nav'>欢迎来到云溪市水务局网站</div>",
        "<header><h1>云溪市人民政府门户网站</h1></header>",
    ],
)
def test_what_stands_above_a_letter_is_left_out(above: str) -> None:
    assert lines(above + LETTER) == _OWN
    assert lines(f"<div>{above}<div>{LETTER}</div></div>") == _OWN


@pytest.mark.parametrize(
    "below",
    [
        "<p>上一篇：<a href='/1'>关于市政协六届二次会议第117号提案的答复</a></p>",
        "<p>下一篇：<a href='/2'>关于市政协六届二次会议第119号提案的答复</a></p>",
        f"<div><h3>相关链接</h3><ul>{_RELATED}</ul></div>",
        "<p>打印本页 | 关闭窗口</p>",
        "<p>【<a href='#'>打 印</a>】【<a href='#'>关 闭</a>】</p>",
        "<li>上一篇文章： <a href='/1'>关于第117号提案的答复</a></li>",
        "<div>主办单位：云溪市人民政府办公室　承办单位：云溪市大数据中心</div>",
        "<div><p>主办：云溪市人民政府办公室</p><p>地址：滨河路1号</p><p>云ICP备07012233号</p></div>",
        "<p>主办单位：云溪市政府办</p><p>备案号：云ICP备07012233号</p><p>技术支持：云溪市大数据中心</p>",
        "<p>云ICP备07012233号-1　云公网安备 第51039902000001号　网站标识码：5103990001</p>",
        "<div>版权所有：云溪市水务局。建议使用IE9以上浏览器访问本网站。</div>",
        "<div>扫一扫在手机打开当前页</div>",
        "<ul><li>友情链接</li></ul>",
    ],
)
def test_what_stands_below_a_letter_is_left_out(below: str) -> None:
    assert lines(LETTER + below) == _OWN
    assert lines(f"<div><div>{LETTER}</div>{below}</div>") == _OWN


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="header">{LETTER}</div>',
        f'<div class="main-banner"><div class="share">{LETTER}</div></div>',
        f"<footer>{LETTER}</footer>",
        f'<a name="top">{LETTER}</a>',
        f'<div id="nav">{LETTER}<a href="1">a</a><a href="2">b</a><a href="3">c</a></div>',
    ],
)
def test_a_letter_stays_whatever_its_box_is_called(body: str) -> None:
    assert set(_OWN) <= set(lines(body))


def test_contacts_and_copies_of_the_letter_are_no_foot_of_the_site() -> None:
    tail = "<p>联系人：周一帆　联系电话：0350-1234567</p><p>抄送：市政协提案委（2）。</p>"
    foot = "<div>版权所有：云溪市水务局　联系电话：0350-7654321</div>"

    found = lines(LETTER + tail + foot)

    assert found[-2:] == ["联系人：周一帆　联系电话：0350-1234567", "抄送：市政协提案委（2）。"]


def test_a_place_named_in_a_letter_is_no_way_to_the_page() -> None:
    line = "所在位置：城东新区迎宾路东段"

    assert lines(f"{LETTER}<p>{line}</p>")[-1] == line


def test_files_attached_to_a_letter_stay() -> None:
    files = "".join(f" {n}.<a href='{n}.doc'>路灯更换清单{n}</a>" for n in (1, 2, 3))

    assert lines(f"{LETTER}<p>附件：{files}</p>")[-1].startswith("附件： 1.路灯更换清单1")


def test_laws_that_a_letter_links_stay() -> None:
    laws = "".join(
        f"<a href='1'>{law}</a>" for law in ("《路灯管理办法》", "《市政条例》", "《道路法》")
    )

    assert (
        lines(f"{LETTER}<p>根据{laws}的规定，予以更换。</p>")[-1]
        == "根据《路灯管理办法》《市政条例》《道路法》的规定，予以更换。"
    )


def test_dates_of_publication_stay_without_the_tools_beside_them() -> None:
    tools = "浏览次数：12　字号：[ 大 中 小 ]　打印"
    meta = f"<div>发布时间：2024-06-20　来源：云溪市水务局　{tools}</div>"

    assert lines(meta + LETTER)[0] == "发布时间：2024-06-20　来源：云溪市水务局"


def test_a_page_of_links_alone_is_read() -> None:
    page = f"<ul>{_RELATED}</ul>"

    assert lines(page) == [f"关于第{number}号提案的答复" for number in (117, 119, 120)]


def test_a_line_of_very_many_tools_is_judged_at_once() -> None:
    assert lines(LETTER + "<p>" + "返回首页" * 60 + "。</p>")[:-1] == _OWN


_TITLE = "关于市政协六届二次会议第118号提案的答复"


def test_the_same_title_of_page_and_letter_stands_once() -> None:
    page = f"<h1>{_TITLE}</h1><p>发布时间：2024-06-20</p><p>{_TITLE}</p>{LETTER}"

    assert lines(page) == ["发布时间：2024-06-20", _TITLE, *_OWN]


def test_a_letter_without_a_title_has_that_of_its_page() -> None:
    assert lines(LETTER, f"<title>{_TITLE}_提案办理-云溪市人民政府</title>") == [_TITLE, *_OWN]
    assert lines(LETTER, f'<meta name="ArticleTitle" content="{_TITLE}">') == [_TITLE, *_OWN]


def test_the_title_of_the_page_is_not_said_again() -> None:
    assert lines(f"<h1>{_TITLE}</h1>{LETTER}", f"<title>{_TITLE}-云溪市</title>") == [_TITLE, *_OWN]
    broken = f"<p>关于市政协六届二次会议<br>第118号提案的答复</p>{LETTER}"
    assert lines(broken, f"<title>{_TITLE}</title>")[:2] == [
        "关于市政协六届二次会议",
        "第118号提案的答复",
    ]


def test_a_site_is_no_title() -> None:
    assert lines(LETTER, "<title>云溪市水务局_提案办理</title>") == _OWN
