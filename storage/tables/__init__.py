"""All tables in one place, as Core sees them: rows never leave this package as objects."""

from storage.tables.base import Base, core
from storage.tables.copies import DuplicateRow, Fingerprint
from storage.tables.documents import (
    DocumentRow,
    DocumentSource,
    DocumentVersion,
    NumberKey,
    RawText,
)
from storage.tables.passages import ChangeLog, Embedding, PassageRow, ReferenceRow, StoreMeta
from storage.tables.people import BindingCode, ChannelAccount, Person, ProcessedUpdate, RoleGrant
from storage.tables.turns import AnswerRow, CitationRow, Conversation, RetrievalHit, Turn

METADATA = Base.metadata

raw_text = core(RawText)
document = core(DocumentRow)
document_version = core(DocumentVersion)
document_source = core(DocumentSource)
number_key = core(NumberKey)
fingerprint = core(Fingerprint)
duplicate = core(DuplicateRow)
passage = core(PassageRow)
reference = core(ReferenceRow)
change_log = core(ChangeLog)
embedding = core(Embedding)
store_meta = core(StoreMeta)
person = core(Person)
role_grant = core(RoleGrant)
channel_account = core(ChannelAccount)
binding_code = core(BindingCode)
processed_update = core(ProcessedUpdate)
conversation = core(Conversation)
turn = core(Turn)
answer = core(AnswerRow)
citation = core(CitationRow)
retrieval_hit = core(RetrievalHit)
