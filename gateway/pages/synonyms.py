"""One synonym of the dictionary: a suggestion with its evidence and the decision on it, an entry and its end."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import APIRouter, Form
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.parameters.dictionary import Pair, contradicts
from domain.parameters.rules import shipped
from gateway import differences
from gateway.pages.dictionary import ENTRIES, OPEN
from gateway.presentation import local_day
from gateway.refusals import NothingHereError
from gateway.rendering import render
from gateway.requests import Administrator, Running
from gateway.running import Gateway
from gateway.sign_in import Visit
from records.dictionary import Dictionary, as_entry
from records.dictionary_changes import Acceptance, DictionaryChanges, Hand, Withdrawal
from records.findings import PAGE
from records.suggestions import Evidence, Suggestions, as_pair

router = APIRouter()
Found = TypeVar("Found")


@dataclass(frozen=True)
class Proof:
    """Where a suggestion was seen, both texts marked where they differ."""

    evidence: Evidence
    approved: Markup
    tender: Markup

    @property
    def address(self) -> str:
        """Return the address of the finding on the review's page, among all findings of its round."""
        position = self.evidence.finding.position
        query = f"round={self.evidence.sighting.round}&verdict=&page={position // PAGE + 1}"
        return f"/reviews/{self.evidence.review.id}?{query}#n{position + 1}"


@router.get("/dictionary/suggestions/{suggestion_id:int}")
def show_suggestion(request: Request, running: Running, visit: Administrator, suggestion_id: int) -> Response:
    """Show a suggestion with its evidence, and what speaks against taking it in either way round."""
    today = local_day(running.now())
    with running.database.reading() as session:
        suggestion = _require(Suggestions(session).with_id(suggestion_id))
        evidence = Suggestions(session).evidence(suggestion_id)
        pair = as_pair(suggestion)
        ways = [pair, Pair(pair.section, pair.alias, pair.canonical)]
        objections = [DictionaryChanges(session).objection(way, today, shipped()) for way in ways]
    return render(
        request,
        "suggestion.html",
        suggestion=suggestion,
        ways=list(zip(ways, objections, strict=True)),
        proofs=[Proof(one, *differences.mark(one.finding.approved, one.tender_side.tender)) for one in evidence],
        today=today,
        names=running.names.read(visit.engine, running.now()),
    )


@router.post("/dictionary/suggestions/{suggestion_id:int}/acceptance")
def accept_suggestion(
    running: Running,
    visit: Administrator,
    suggestion_id: int,
    effective_from: Annotated[date, Form()],
    swapped: Annotated[bool, Form()] = False,  # noqa: FBT002 - a radio button of the form
) -> Response:
    """Take a suggestion into the dictionary."""
    wanted = Acceptance(suggestion_id, swapped, effective_from)
    with running.database.session() as session:
        _require(Suggestions(session).with_id(suggestion_id))
        DictionaryChanges(session).accept(wanted, shipped(), _hand(running, visit))
    return _back("accepted", ENTRIES)


@router.post("/dictionary/suggestions/{suggestion_id:int}/rejection")
def reject_suggestion(
    running: Running, visit: Administrator, suggestion_id: int, reason: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Turn a suggestion down."""
    with running.database.session() as session:
        _require(Suggestions(session).with_id(suggestion_id))
        DictionaryChanges(session).reject(suggestion_id, reason.strip(), _hand(running, visit))
    return _back("rejected", OPEN)


@router.get("/dictionary/entries/{entry_id:int}")
def show_entry(request: Request, running: Running, visit: Administrator, entry_id: int) -> Response:
    """Show an entry and the way to end it."""
    with running.database.reading() as session:
        entry = _require(Dictionary(session).entry(entry_id))
    names = running.names.read(visit.engine, running.now())
    return render(
        request,
        "entry.html",
        entry=entry,
        is_contradicted=contradicts(shipped(), as_entry(entry).pair),
        today=local_day(running.now()),
        names=names,
    )


@router.post("/dictionary/entries/{entry_id:int}/withdrawal")
def withdraw_entry(
    running: Running,
    visit: Administrator,
    entry_id: int,
    effective_until: Annotated[date, Form()],
    reason: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """End an entry."""
    with running.database.session() as session:
        _require(Dictionary(session).entry(entry_id))
        DictionaryChanges(session).withdraw(
            Withdrawal(entry_id, effective_until, reason.strip()), _hand(running, visit)
        )
    return _back("withdrawn", ENTRIES)


def _require(found: Found | None) -> Found:
    if found is None:
        raise NothingHereError
    return found


def _hand(running: Gateway, visit: Visit) -> Hand:
    now = running.now()
    return Hand(visit.person.username, now, local_day(now))


def _back(said: str, show: str) -> Response:
    return RedirectResponse(f"/dictionary?show={show}&said={said}", HTTPStatus.SEE_OTHER)
