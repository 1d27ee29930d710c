"""Templates: one environment, with the ways bureaus write dates, money and numbers as filters."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gateway import presentation
from gateway.static_files import StaticFiles

FOLDER = Path(__file__).resolve().parent / "templates"


def create_environment(static: StaticFiles) -> Environment:
    """Return the template environment; an unknown name in a template is an error, not a blank."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["asset"] = static.address
    environment.filters.update(presentation.FILTERS)
    return environment


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page. Every template gets the person (or None), the CSRF token and the address of the page."""
    visit = getattr(request.state, "visit", None)
    page = request.app.state.templates.get_template(template).render(
        person=visit.person if visit else None,
        csrf_token=getattr(request.state, "csrf_token", ""),
        path=request.url.path,
        **context,
    )
    return HTMLResponse(page, status)
