"""项目: the list and the dossier of one project."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from gateway import dossier, trail
from gateway.refusals import NothingHereError
from gateway.rendering import render
from gateway.requests import Running, SignedIn, origin
from records import audit
from records.models import ReviewState
from records.project_list import ProjectList, ProjectSearch

router = APIRouter()


class Wanted(BaseModel):
    """Which projects to list: words, a state of their newest review, and the page from 1."""

    q: str = Field("", max_length=200)
    state: str = ""
    page: int = Field(1, ge=1, le=100_000)

    def address(self, page: int) -> str:
        """Return the address of another page of the same search."""
        return f"/projects?{urlencode({'q': self.q, 'state': self.state, 'page': page})}"


@router.get("/projects")
def show_projects(request: Request, running: Running, visit: SignedIn, wanted: Annotated[Wanted, Query()]) -> Response:
    """Show one page of the projects a person may read."""
    units = None if visit.person.reads_all_projects else visit.person.units
    state = next((known for known in ReviewState if known.value == wanted.state), None)
    with running.database.reading() as session:
        found = ProjectList(session).page(ProjectSearch(words=wanted.q, state=state, units=units, number=wanted.page))
    return render(
        request,
        "projects.html",
        found=found,
        wanted=wanted,
        states=[known.value for known in ReviewState],
        reads_nothing=units is not None and not units,
    )


@router.get("/projects/{code}")
def show_project(request: Request, running: Running, visit: SignedIn, code: str) -> Response:
    """Show a project: facts, reviews, documents, deadlines, its history, the live diagram of its newest review."""
    with running.database.reading() as session:
        found = dossier.read_project(session, visit.person, code)
    names = running.names.read(visit.engine, running.now())
    story = trail.days(
        [trail.tell(event, names) for event in found.history],
        [trail.submission(review, names) for review in found.reviews],
    )
    return render(
        request,
        "project.html",
        dossier=found,
        newest=found.newest,
        story=story,
        names=names,
        changeable=dossier.changeable(visit.person, found),
    )


@router.get("/projects/{code}/documents/{document_id:int}")
def download_document(request: Request, running: Running, visit: SignedIn, code: str, document_id: int) -> Response:
    """Send a document of a project the person may read, checked against its hash, always as a download.

    Who took what, when and from where is in the audit trail before the first byte leaves.
    """
    with running.database.reading() as session:
        documents = dossier.read_project(session, visit.person, code).documents
    document = next((document for document in documents if document.id == document_id), None)
    if document is None:
        raise NothingHereError
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.file_name)}",
        "Cache-Control": "private, no-store",
        "Digest": f"sha-256={document.sha256}",
    }
    content = running.documents.read(document.sha256)
    told = {"project": code, "kind": document.kind, "sha256": document.sha256, "from": origin(request)}
    with running.database.session() as session:
        person, subject = visit.person.username, f"document:{document.id}"
        audit.append(session, person, "document.downloaded", subject, told, running.now())
    return Response(content, media_type=document.media_type, headers=headers)
