"""One spelling for matching: widths and old characters fold to one form of equal length."""

from __future__ import annotations

import re

# Only characters that occur in the field's fixed vocabulary (domain.md 1.0: pages stored in
# Traditional or through a converter); names and prose keep whatever the writer chose.
_TRADITIONAL = (
    "關关 於于 對对 號号 屆届 會会 議议 協协 縣县 區区 員员 見见 辦办 類类 聯联 繫系 係系 "
    "電电 話话 覆复 復复 複复 裏里 裡里 責责 領领 導导 發发 簽签 決决 農农 業业 經经 濟济 "
    "環环 鄉乡 鎮镇 絡络 組组 黨党 團团 國国 務务 規规 劃划 實实 條条 參参 與与 調调 處处 "
    "長长 門门 單单 錄录 時时 間间 點点 結结 題题 標标 檢检 檔档 閱阅 報报 給给 請请 則则 "
    "應应 現现 將将 據据 計计 設设 護护 財财 產产 資资 徵征 詢询 滿满 內内 開开 屬属 動动 "
    "廣广 東东 陽阳 龍龙 書书 評评 執执 證证 貴贵 達达 進进 運运 輸输 響响 隊队 歷历 歲岁 "
    "萬万 億亿 個个 辭辞 讓让 讀读 謝谢 專专 轉转 來来 収收 後后 為为 們们 還还 這这 過过 "
    "從从 種种 質质 級级 鐵铁 衛卫 學学 體体 師师 醫医 場场 園园 樓楼 傳传 圖图 館馆 聽听 "
    "說说 論论 總总 態态 張张 劉刘 陳陈 楊杨 趙赵 黃黄 吳吴 鄭郑 孫孙 馬马 羅罗 蕭萧 鄧邓 "
    "許许 韓韩 馮冯 蔣蒋 蘇苏 呂吕"
)
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = {
    "\u3000": " ",
    "\xa0": " ",
    "﹝": "〔",
    "﹞": "〕",
    "【": "〔",
    "】": "〕",
    "「": "〔",
    "」": "〕",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "︰": ":",
    "∶": ":",
    "﹕": ":",
    "﹙": "(",
    "﹚": ")",
}
_TABLE: dict[int, int | str] = {
    **_WIDTHS,
    **{ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()},
    **{ord(old): new for old, new in _MARKS.items()},
}

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
# domain.md 1.0: a pinyin syllable in brackets behind single characters, 市(shi)人(ren)民.
PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùü]{1,6}\)")


def fold(text: str) -> str:
    """The same number of characters: half-width signs, one kind of bracket, simplified terms.

    Square and corner brackets all become 〔〕, round ones ``()``, the colon ``:``.
    """
    return text.translate(_TABLE)
