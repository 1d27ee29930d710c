"""词典: which names are read as one. What reviewers suggest, what counts from which day, and its versions."""

from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from domain.formats import day as in_words
from domain.parameters.dictionary import as_toml
from gateway.presentation import local_day
from gateway.rendering import render
from gateway.requests import Administrator, Running
from records.dictionary import Dictionary
from records.models import DictionaryVersion, SuggestionState, SynonymEntry, SynonymSuggestion
from records.pages import Page
from records.suggestions import Suggestions, SuggestionSearch

router = APIRouter()
OPEN, ENTRIES, REJECTED, VERSIONS = "open", "entries", "rejected", "versions"
STATES = {OPEN: SuggestionState.OPEN, REJECTED: SuggestionState.REJECTED}
NOTICES = {
    "accepted": "已收入词典。从生效日期起开始的审查按它比对，已经开始的审查不变。",
    "rejected": "已驳回这条建议。",
    "withdrawn": "已登记停用日期。从那天起开始的审查不再使用这个词条。",
}
Lines = Page[SynonymSuggestion] | Page[SynonymEntry] | Page[DictionaryVersion]


class Wanted(BaseModel):
    """What of the dictionary to list: which of its lists, words in a name, the page from 1, what was just done."""

    show: str = OPEN
    q: str = Field("", max_length=100)
    page: int = Field(1, ge=1, le=100_000)
    said: str = ""

    def address(self, show: str, page: int = 1) -> str:
        """Return the address of a page of one of the lists, with the same words."""
        return f"/dictionary?{urlencode({'show': show, 'q': self.q, 'page': page})}"


@router.get("/dictionary")
def show_dictionary(
    request: Request, running: Running, visit: Administrator, wanted: Annotated[Wanted, Query()]
) -> Response:
    """Show one of the lists: suggestions to decide, rejected ones, entries, versions."""
    with running.database.reading() as session:
        dictionary, counts = Dictionary(session), Suggestions(session).counts()
        found, current = _listed(session, wanted), dictionary.current()
        entries = dictionary.entries(size=1).total
    labels = [
        (OPEN, "待处理的建议", counts.get(SuggestionState.OPEN, 0)),
        (ENTRIES, "词条", entries),
        (REJECTED, "已驳回的建议", counts.get(SuggestionState.REJECTED, 0)),
        (VERSIONS, "版本", current.number),
    ]
    return render(
        request,
        "dictionary.html",
        found=found,
        wanted=wanted,
        current=current,
        today=local_day(running.now()),
        tabs=[(wanted.address(show), label, count, show == wanted.show) for show, label, count in labels],
        notice=NOTICES.get(wanted.said, ""),
        names=running.names.read(visit.engine, running.now()),
    )


@router.get("/dictionary/export")
def export_dictionary(running: Running, _visit: Administrator, on: date | None = None) -> Response:
    """Send the entries that count on a day (today's) as a configuration for `zhengjian review --config`."""
    chosen = on or local_day(running.now())
    with running.database.reading() as session:
        version = Dictionary(session).current()
        entries = Dictionary(session).counting_on(version.number, chosen)
    heading = [f"政建词典第 {version.number} 版，{in_words(chosen)}生效的词条", f"校验值 {version.digest}"]
    name = quote(f"政建词典第{version.number}版.toml")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(as_toml(entries, heading), media_type="application/toml; charset=utf-8", headers=headers)


def _listed(session: Session, wanted: Wanted) -> Lines:
    if wanted.show == ENTRIES:
        return Dictionary(session).entries(wanted.q, wanted.page)
    if wanted.show == VERSIONS:
        return Dictionary(session).versions(wanted.page)
    state = STATES.get(wanted.show, SuggestionState.OPEN)
    return Suggestions(session).page(SuggestionSearch(state, wanted.q, wanted.page))
