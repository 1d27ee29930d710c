"""Project list and dossier with 10,000 projects, a review of 16,000 findings: against a bare FastAPI + SQLite page."""

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from jinja2 import Environment
from sqlalchemy import insert, select
from starlette.responses import HTMLResponse

from domain.parameters import Finding, Subject, Verdict
from domain.parameters.verdicts import identify
from gateway.main import create_app
from gateway.settings import Settings
from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade
from records.models import Organisation, ParameterReview, Project
from records.reviews import Reviews
from tests.gateway.fake_engine import FakeEngine
from tests.gateway.recorded import NOW, Recorder
from tests.system import free_ports

PROJECTS = 10_000
FINDINGS = 16_000
ROUNDS = 300
BARE = """<!doctype html><title>bare</title><table>{% for row in rows %}<tr>
<td><a href="/p/{{ row[0] }}">{{ row[1] }}</a><td>{{ row[2] }}<td>{{ row[3] }}<td>{{ row[4] }}{% endfor %}</table>"""
BARE_QUERY = """SELECT p.code, p.name, o.name, r.state, r.updated_at FROM project p JOIN organisation o ON
o.id = p.organisation_id LEFT JOIN parameter_review r ON r.project_id = p.id ORDER BY p.id DESC LIMIT 20"""


def fill(database: Database) -> None:
    """Register the projects, each with a review."""
    with database.session() as session:
        session.add(Organisation(code="csyx", name="沈阳市城市运行服务中心", created_at=NOW))
        session.flush()
        unit = session.scalars(select(Organisation.id).where(Organisation.code == "csyx")).one()
        common = {"organisation_id": unit, "regulation_version": "1", "configuration_version": "1"}
        common |= {"created_at": NOW, "last_worked_at": NOW}
        codes = [f"2412-210100-17-01-{number:06d}" for number in range(PROJECTS)]
        session.execute(insert(Project), [{**common, "code": code, "name": f"项目 {code}"} for code in codes])
        ids = session.scalars(select(Project.id)).all()
        facts = {
            "package": "全部",
            "approval_number": "1",
            "submitted_by": "wang_fang",
            "created_at": NOW,
            "updated_at": NOW,
        }
        reviews = [{**facts, "process_instance_key": 10**9 + each, "project_id": each} for each in ids]
        session.execute(insert(ParameterReview), reviews)


def fill_review(database: Database, review_id: int) -> None:
    """Give a review 16,000 findings: items of eight parameters in forty subsystems, one finding in ten a deviation."""
    with database.session() as session:
        review = Reviews(session).with_id(review_id)
        assert review is not None
        Reviews(session).start_round(review, 2, NOW)
        Reviews(session).add_findings(review, identify(finding(at) for at in range(FINDINGS)), {})


def finding(at: int) -> Finding:
    """Return a finding of usual length."""
    deviates, item = at % 10 == 0, f"应用服务器{at // 8}型"
    return Finding(
        subject=Subject.PARAMETER,
        subsystem=f"子系统{at // 400}",
        item=item,
        tender_item=item,
        parameter=("CPU核数", "内存", "系统盘", "数据盘", "网口", "电源", "质保", "数量")[at % 8],
        approved=f"内存：≥{256 + at % 7}GB DDR4，支持RAID 0/1/5/10，缓存≥2GB，冗余电源（1+1）",
        tender=f"内存：不低于{512 if deviates else 256 + at % 7}GB DDR4，支持RAID 0/1/5/10，缓存≥2GB，冗余电源（1+1）",
        verdict=Verdict.RAISED if deviates else Verdict.SAME,
        reason="批复“≥256GB”，招标“≥512GB”，要求提高" if deviates else "要求相同",
        approved_ref=f"设备清单!D{at}",
        tender_ref=f"表3 第{at}行 第1条",
        convention="内存容量按 1TB=1024GB 计",
        confidence=0.93,
    )


def bare_app(path: Path) -> FastAPI:
    """Return the page with nothing around it."""
    template = Environment(autoescape=True).from_string(BARE)
    connection = sqlite3.connect(path, check_same_thread=False)
    app = FastAPI()

    @app.get("/bare", response_class=HTMLResponse)
    def show() -> str:
        return template.render(rows=connection.execute(BARE_QUERY).fetchall())

    return app


@contextmanager
def serving(app: FastAPI) -> Iterator[httpx.Client]:
    """Serve an application in a thread and give a client of it."""
    (port,) = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, follow_redirects=True) as client:
        yield client
    server.should_exit = True
    thread.join()


def measure(name: str, ask: Callable[[], httpx.Response]) -> float:
    """Print a page's latencies and return its rate in pages a second."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - started)
        assert answer.status_code == 200
    times.sort()
    rate = ROUNDS / sum(times)
    p50, p99 = times[ROUNDS // 2] * 1000, times[ROUNDS * 99 // 100] * 1000
    print(f"   {name:34} {rate:7.0f} pages/s   p50 {p50:5.1f} ms   p99 {p99:5.1f} ms   {len(answer.content):6} bytes")
    return rate


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        settings = Settings(data, f"sqlite:///{data / 'records.db'}")
        upgrade(settings.database_url)
        database = open_database(settings.database_url)
        fill(database)
        review = Recorder(database, DocumentStore(data / "documents"))(code="2501-210100-17-01-140662")
        fill_review(database, review.review_id)
        with serving(bare_app(data / "records.db")) as client:
            bare = measure("bare page (baseline)", lambda: client.get("/bare"))
        app = create_app(settings, database=database, engine_transport=httpx.MockTransport(FakeEngine()))
        with serving(app) as client:
            token = client.get("/login").text.split('name="csrf-token" content="')[1].split('"')[0]
            client.post("/login", data={"username": "li_qiang", "password": "demo", "csrf_token": token})
            pages = {
                "project list": "/projects",
                "search": "/projects?q=009999",
                "dossier": f"/projects/{review.project_code}",
                "review, 16,000 findings": f"/reviews/{review.review_id}",
                "review, all, page 200": f"/reviews/{review.review_id}?verdict=&page=200",
                "review, words": f"/reviews/{review.review_id}?verdict=&q=D15999",
            }
            for name, address in pages.items():
                rate = measure(name, lambda address=address: client.get(address))  # type: ignore[misc]
                print(f"   {'':34} {rate / bare:7.2f} of the bare page")
        database.close()


if __name__ == "__main__":
    main()
