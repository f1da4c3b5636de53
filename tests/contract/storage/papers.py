"""Invented papers of an invented county, read as a reader would have read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from knowledge.domain.documents import (
    DocumentKind,
    Fields,
    OtherFields,
    ParsedDocument,
    PassageDraft,
    PolicyFields,
    ProposalFields,
    ReadingWarning,
    RecordFields,
    ReplyFields,
)
from knowledge.domain.facts import CaseNumber, PolicyReference, Session
from knowledge.domain.library import DocumentId, SourceFile
from knowledge.domain.search import Access
from knowledge.domain.text import Field, Span

HANDLER = Access(restricted=True)
GUEST = Access(restricted=False)
UNIT = "柏川县水利局"
BODY = (
    "一、关于修缮村口水塘的建议。我局已于今年春季清淤一次，并在塘边加装护栏。\n"
    "二、关于延长供水时间的建议。自六月起，东岭片区的供水时间延长到每日二十小时。\n"
)
Find = Callable[[str], Span]
Cited = tuple[str | None, str | None]


def member(*documents: DocumentId) -> Access:
    """Rights of a member to the replies to their own cases."""
    return Access(restricted=False, documents=frozenset(documents))


@dataclass
class TickingClock:
    """A clock that moves one minute whenever it is read."""

    moment: datetime = datetime(2024, 5, 1, 8, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@dataclass(frozen=True)
class Paper:
    """One document before it stands in a file; ``fields`` are found in the file's text."""

    kind: DocumentKind
    text: str
    fields: Callable[[Find], Fields]
    cites: tuple[Cited, ...] = ()
    warnings: tuple[str, ...] = ()

    def read(self, whole: str, start: int) -> ParsedDocument:
        def find(literal: str) -> Span:
            at = whole.index(literal, start)
            return Span(at, at + len(literal))

        span = Span(start, start + len(self.text))
        return ParsedDocument(
            kind=self.kind,
            span=span,
            fields=self.fields(find),
            references=tuple(_reference(cited, find) for cited in self.cites),
            passages=tuple(_passages(self.text, start)),
            warnings=tuple(ReadingWarning(code, span) for code in self.warnings),
        )


def file(path: str, *papers: Paper, between: str = "\n\n", head: str = "") -> SourceFile:
    """A file that holds these papers one after another."""
    text, starts = head, list[int]()
    for paper in papers:
        starts.append(len(text))
        text += paper.text + between
    documents = tuple(paper.read(text, start) for paper, start in zip(papers, starts, strict=True))
    return SourceFile(path, sha256(text.encode()).hexdigest(), text, documents)


def said(source: SourceFile, **word: object) -> SourceFile:
    """The file with the operator's word on it."""
    return replace(source, **word)  # pyright: ignore[reportArgumentType] - fields by name


def letter(
    case: int | None = 12,
    *,
    body: str = BODY,
    unit: str | None = UNIT,
    number: str | None = None,
    openness: str | None = "open",
    day: date | None = date(2024, 5, 20),
    result: str | None = "A",
    cites: Sequence[Cited] = (),
    cases: Sequence[str] = (),
    genre: str = "答复",
    meeting: int = 2,
) -> Paper:
    """A reply; ``cases`` overrides ``case`` with several literals."""
    literals = list(cases) or ([str(case)] if case is not None else [])
    session = f"十届{'零一二三四五'[meeting]}次"
    heading = f"关于县政协{session}会议第{'、'.join(literals)}号提案的{genre}"
    quoted = "".join(f"依据《{title}》（{no}）办理。\n" for title, no in cites)
    text = f"{number or ''}\n{heading}\n\n{body}{quoted}\n{unit or ''}\n{day or ''}"

    def fields(find: Find) -> ReplyFields:
        return ReplyFields(
            title=Field(heading, find(heading)),
            genre=Field(genre),
            body=Field("cppcc"),
            session=Field(Session("county", "柏川", 10, meeting), find(session)),
            case_numbers=tuple(Field(_case(one), find(one)) for one in literals),
            document_number=Field(number, find(number)) if number else None,
            openness=Field(openness) if openness else None,
            result_class=Field(result) if result else None,
            signature_units=(Field(unit, find(unit)),) if unit else (),
            date=Field(day, find(str(day))) if day else None,
        )

    return Paper(DocumentKind.REPLY, text, fields, tuple(cites))


def policy(
    title: str = "柏川县农村供水管理办法",
    number: str | None = "柏政发〔2023〕8号",
    *,
    body: str = "第一条 为管好农村供水，制定本办法。\n第二条 供水单位应当公布停水时间。",
    replaces: Sequence[Cited] = (),
    openness: str | None = "open",
) -> Paper:
    """A policy of the county government."""
    old = "".join(f"《{name}》（{no}）同时废止。" for name, no in replaces)
    text = f"柏川县人民政府\n{number or ''}\n{title}\n\n{body}\n{old}"

    def fields(find: Find) -> PolicyFields:
        return PolicyFields(
            title=Field(title, find(title)),
            document_number=Field(number, find(number)) if number else None,
            issuers=(Field("柏川县人民政府", find("柏川县人民政府")),),
            issued=Field(date(2023, 3, 1)),
            status=Field("in_force"),
            replaces=tuple(_reference(cited, find) for cited in replaces),
            openness=Field(openness) if openness else None,
        )

    return Paper(DocumentKind.POLICY, text, fields)


def record(case: int = 12, *, unit: str = UNIT) -> Paper:
    """A 面商记录表."""
    text = f"提案面商记录表\n承办单位：{unit} 提案编号：{case}\n委员意见：满意。"

    def fields(find: Find) -> RecordFields:
        return RecordFields(
            unit=Field(unit, find(unit)),
            case_number=Field(_case(str(case)), find(str(case))),
            consulted_on=Field(date(2024, 5, 10)),
        )

    return Paper(DocumentKind.RECORD, text, fields)


def proposal(case: int = 12) -> Paper:
    """A member's proposal."""
    text = f"第{case}号 关于修缮村口水塘的提案\n建议尽快清淤。"
    heading = "关于修缮村口水塘的提案"

    def fields(find: Find) -> ProposalFields:
        number = Field(_case(str(case)), find(str(case)))
        return ProposalFields(title=Field(heading, find(heading)), case_number=number)

    return Paper(DocumentKind.PROPOSAL, text, fields)


def note(text: str = "\n  便条一张\n明天上午开会。") -> Paper:
    """A paper of no known kind, read with a doubt."""
    return Paper(DocumentKind.OTHER, text, lambda _: OtherFields(), warnings=("kind.unknown",))


def _case(literal: str) -> CaseNumber:
    digits = literal.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return CaseNumber(literal, int(digits), literal.removesuffix(digits) or None)


def _reference(cited: Cited, find: Find) -> Field[PolicyReference]:
    title, number = cited
    return Field(PolicyReference(title, number), find(number or title or ""))


def _passages(text: str, start: int) -> list[PassageDraft]:
    """One passage a line; lines that begin with a numeral are their own heading."""
    found, at = list[PassageDraft](), start
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            heading = (bare[:6],) if "、" in bare[:2] else ()
            begin = at + line.index(bare)
            found.append(PassageDraft(Span(begin, begin + len(bare)), heading))
        at += len(line)
    return found
