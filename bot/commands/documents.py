"""``dafu documents``: look at the library and change what an operator may change."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.assistant.rendering import head_line
from bot.assistant.rights import access_of
from bot.commands.shapes import card_object, view_object
from bot.commands.terminal import (
    Json,
    Kind,
    OpennessOption,
    Unit,
    filters_of,
    open_terminal,
)
from bot.errors import UsageRefused
from knowledge.domain.answers import Role
from knowledge.domain.library import DocumentId, DocumentStatus

Id = Annotated[str, typer.Argument()]
Status = Annotated[DocumentStatus | None, typer.Option("--status")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    documents = typer.Typer(no_args_is_help=True)
    documents.command("list")(list_documents)
    documents.command("show")(show)
    documents.command("set")(change)
    documents.command("remove")(remove)
    app.add_typer(documents, name="documents")


def list_documents(
    kind: Kind = None,
    unit: Unit = None,
    place: Annotated[str | None, typer.Option("--place")] = None,
    year: Annotated[int | None, typer.Option("--year")] = None,
    result_class: Annotated[str | None, typer.Option("--class")] = None,
    openness: OpennessOption = None,
    status: Status = None,
    limit: Annotated[int | None, typer.Option("-k", "--limit", min=1)] = None,
    as_json: Json = False,
) -> int:
    """List documents, newest first."""
    from bot.wiring import open_services

    terminal = open_terminal()
    filters = filters_of(
        kind=kind,
        unit=unit,
        place=place,
        year=year,
        result_class=result_class,
        openness=openness,
    )
    statuses = (status,) if status else tuple(DocumentStatus)
    with open_services(terminal.settings) as services:
        cards = services.library.documents(
            access=access_of(Role.ADMIN), filters=filters, statuses=statuses, limit=limit
        )
    if as_json:
        terminal.json({"documents": [card_object(card) for card in cards]})
        return 0
    for card in cards:
        terminal.out(f"{card.id}  [{card.status.value}] {head_line(card, terminal.texts)}")
    return 0


def show(document: Id, as_json: Json = False) -> int:
    """Show one document with its text and fields."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        view = services.library.document(DocumentId(document), access=access_of(Role.ADMIN))
    if view is None:
        raise UsageRefused("documents.absent", document=document)
    if as_json:
        terminal.json(view_object(view))
    else:
        if view.copies:
            terminal.say("documents.copies", copies="  ".join(view.copies))
        terminal.out(f"{head_line(view.card, terminal.texts)}\n\n{view.span.of(view.text)}")
    return 0


def change(
    document: Id,
    openness: OpennessOption = None,
    status: Status = None,
    unit: Unit = None,
    as_json: Json = False,
) -> int:
    """Change openness, status or unit; the indexes follow before the command returns."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        card = services.library.set_document(
            DocumentId(document), openness=openness, status=status, unit=unit
        )
        if card is None:
            raise UsageRefused("documents.absent", document=document)
        services.indexes.catch_up_lexical()
        services.indexes.catch_up_dense()
    if as_json:
        terminal.json(card_object(card))
    else:
        terminal.out(f"{card.id}  [{card.status.value}] {head_line(card, terminal.texts)}")
    return 0


def remove(document: Id, as_json: Json = False) -> int:
    """Delete a document with all its versions."""
    from bot.wiring import open_services

    terminal = open_terminal()
    with open_services(terminal.settings) as services:
        if not services.library.remove(DocumentId(document)):
            raise UsageRefused("documents.absent", document=document)
        services.indexes.catch_up_lexical()
        services.indexes.catch_up_dense()
    if as_json:
        terminal.json({"removed": document})
    else:
        terminal.say("documents.removed", document=document)
    return 0
