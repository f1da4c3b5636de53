"""Text and Markdown: which of the encodings offices use a file is in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from knowledge.domain.documents import ReadingWarning
from knowledge.domain.text import Span
from knowledge.errors import InputRefused
from knowledge.reading.loaded import Loaded, Progress
from knowledge.reading.sniffing import wide_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# The characters most running Chinese is made of, in both spellings: a wrong code page
# yields Han characters too, but not these.
_COMMON = re.compile(
    r"[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    r"民得经三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车"
    r"會國個們來對發經過時說產種後動學點從業當開還間關與樣線數氣變條沒結問無係軍題黨員長資邊級圖統將組見計別論運農幾區強戰決處車議協縣辦復覆]"
)
_PUNCTUATION = re.compile(r"[，。、：；？！“”《》（）〔〕\s!-~]")
_LIKELY = 0.35
_SAMPLE = 20000
# Seven-bit Chinese of old mail: ~{VPND~}.
_HZ = re.compile(rb"~\{(?:[!-~]{2}){1,400}~\}")
_CODES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOST = "\ufffd"
_FEW_DAMAGED = 4
_FIRST, _LAST_EVERYDAY = 0xB0, 0xD7
_FEWEST_HAN = 8


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's characters.

    Attributes:
        text: newlines kept, byte-order mark dropped.
        damaged: how many characters stand for bytes that no character has, as U+FFFD.
    """

    text: str
    damaged: int = 0


def load_text(data: bytes, name: str) -> str:
    """The decoded text, as ``decoded``."""
    return decoded(data, name).text


def load_plain(data: bytes, name: str, _progress: Progress) -> Loaded:
    """A text file (implements ``Loader``); damaged bytes are told."""
    found = decoded(data, name)
    return with_lost_bytes(Loaded(found.text), found.damaged)


def load_markdown(data: bytes, name: str, progress: Progress) -> Loaded:
    """A Markdown file (implements ``Loader``): its comments are not seen, and told."""
    loaded = load_plain(data, name, progress)
    hidden = tuple(Span(*match.span()) for match in _COMMENT.finditer(loaded.text))
    if not hidden:
        return loaded
    warning = ReadingWarning("text.hidden", hidden[0], {"count": str(len(hidden))})
    return replace(loaded, hidden=hidden, warnings=(*loaded.warnings, warning))


def with_lost_bytes(loaded: Loaded, damaged: int) -> Loaded:
    """The text with the warning ``text.bad_bytes`` (count) where bytes were lost."""
    if not damaged:
        return loaded
    at = loaded.text.find(_LOST)
    span = None if at < 0 else Span(at, at + 1)
    warning = ReadingWarning("text.bad_bytes", span, {"count": str(damaged)})
    return replace(loaded, warnings=(warning, *loaded.warnings))


def decoded(data: bytes, name: str) -> Decoded:
    """The text in the encoding that fits; a few damaged bytes do not cost the file.

    Raises:
        InputRefused: ``file.encoding`` when no encoding gives a likely text.
    """
    try:
        return Decoded(_whole(data, name))
    except InputRefused:
        mended = max(map(_mended, [data] * len(_CODES), _CODES), key=_worth)
        if _worth(mended) < _LIKELY:
            raise
        return mended


def _mended(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return Decoded(text, text.count(_LOST))


def _worth(found: Decoded) -> float:
    """Likelihood of a text with gaps; too many gaps make none."""
    few = found.damaged <= max(_FEW_DAMAGED, len(found.text) // 100)
    return likelihood(found.text) if few and "\x00" not in found.text else 0.0


def _whole(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    seven_bit = data.isascii() and _HZ.search(data, 0, _SAMPLE) is not None
    text = _try(data, "hz") if seven_bit else None
    if text is not None and _HAN.search(text):
        return text
    for candidate in ("utf-8", wide_encoding(data)):
        text = _try(data, candidate) if candidate else None
        if text is not None and "\x00" not in text:
            return text
    return _best_legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    text = _try(data, encoding)
    if text is None:
        raise InputRefused("file.encoding", name=name, encoding=encoding)
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _best_legacy(data: bytes, name: str) -> str:
    texts = [text for text in (_try(data, code) for code in ("gb18030", "big5hkscs")) if text]
    best = max(texts, key=likelihood, default=None)
    if best is not None and likelihood(best) >= _LIKELY and "\x00" not in best:
        return best
    simple = _try(data, "gb18030")
    if simple is not None and _is_everyday(simple):
        return simple
    guessed = _guessed(data)
    if guessed is None:
        raise InputRefused("file.encoding", name=name)
    return guessed


def _is_everyday(text: str) -> bool:
    """Whether all Han of a short text are of the 3,755 everyday ones: a table, not a wrong page.

    GB 2312 keeps them in rows 16-55; text of another code page falls outside.
    """
    han = _HAN.findall(text[:_SAMPLE])
    everyday = sum(_FIRST <= mark.encode("gb18030")[0] <= _LAST_EVERYDAY for mark in han)
    plain = len(han) + len(_PUNCTUATION.findall(text[:_SAMPLE]))
    return len(han) >= _FEWEST_HAN and everyday == len(han) and plain == len(text[:_SAMPLE])


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE]).best()
    text = _try(data, match.encoding) if match is not None else None
    return text if text is not None and likelihood(text) >= _LIKELY else None


def likelihood(text: str) -> float:
    """Share of characters running Chinese or plain English is made of, 0..1."""
    sample = text[:_SAMPLE]
    if not sample:
        return 0.0
    plain = len(_PUNCTUATION.findall(sample))
    han = len(_HAN.findall(sample))
    common = len(_COMMON.findall(sample))
    if han == 0:
        return plain / len(sample)
    odd = len(sample) - plain - han
    return common / han - odd / len(sample)
