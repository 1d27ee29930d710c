"""`zhengjian demo`: the whole system with demonstration people, and one review carried from upload to opinion."""

import argparse
import contextlib
import threading
import time
from collections.abc import Mapping

from admin.settings import add_options, data_folder, environment
from admin.supervisor import REFUSED, StartFailedError, Supervisor
from admin.up import Addresses, running, say
from admin.walkthrough import Person, Sample, UntoldTaskError, samples, work_on
from records import connections
from records.database import open_database
from records.documents import DocumentStore
from records.reviews import Reviews

PEOPLE = {
    "wang_fang": "王芳（沈阳市城市运行服务中心）",
    "li_qiang": "李强（市大数据局，初审）",
    "zhao_min": "赵敏（市大数据局，复核）",
}
PASSWORD = "demo"  # noqa: S105 - everybody knows it, and it opens demonstration data only
PATIENCE = 120.0

ABOUT = "带演示账户启动整套系统，用样例文件走完一次技术参数审查：送审、说明、初审、复核、意见书、公告核对。"


class StuckError(Exception):
    """The review did not move on in time; the message says where it stands."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo` to the command line."""
    parser = subparsers.add_parser("demo", help="演示：用样例文件走完一次技术参数审查", description=ABOUT)
    add_options(parser)
    parser.add_argument("--once", action="store_true", help="走完一次即结束")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration; exit 0 when the review ended as told, 2 when something could not start or move on."""
    arguments.data = arguments.data or "var/demo"
    env = environment(arguments)
    addresses = Addresses.from_environment(env)
    began = time.monotonic()
    try:
        with running(env, demo=True) as supervisor:
            # Whatever dies while the review runs is started again, as in service.
            watching = threading.Thread(target=supervisor.watch, daemon=True)
            watching.start()
            say(f"系统已就绪（{time.monotonic() - began:.1f} 秒）。演示账户口令均为 demo，不可用于正式数据。\n")
            instance = carry_out(addresses.rest, samples()["city_management"])
            tell_outcome(env, instance)
            if arguments.once:
                return 0
            return _serve(supervisor, watching, addresses)
    except (StuckError, UntoldTaskError) as failure:
        say(str(failure))
        return REFUSED
    except StartFailedError:
        return REFUSED


def carry_out(rest_address: str, project: Sample) -> str:
    """Carry one review from upload to the compared notice, telling each step; return the instance's key.

    Raises:
        StuckError: nobody had anything to do for `PATIENCE` seconds.
    """
    with contextlib.ExitStack() as signed_in:
        people = {
            username: signed_in.enter_context(contextlib.closing(Person(rest_address, username, PASSWORD)))
            for username in PEOPLE
        }
        return _carry_out(people, project)


def _carry_out(people: Mapping[str, Person], project: Sample) -> str:
    unit = people["wang_fang"]
    say(f"{PEOPLE['wang_fang']} 提交《{project.facts['project_name']}》{project.facts['package_name']}")
    say(f"  批复参数价格表 {project.approved.name}  招标文件 {project.tender.name}")
    instance = unit.start("parameter_review", project.request(unit))
    last = time.monotonic()
    while unit.state(instance) == "ACTIVE":
        if _work(people, project, instance):
            last = time.monotonic()
        elif time.monotonic() - last > PATIENCE:
            raise StuckError(
                f"审查 {instance} 超过 {PATIENCE:.0f} 秒没有进展。数据未丢失；请查看日志目录中的 workers.log。"
            )
        time.sleep(0.1)
    return instance


def _work(people: Mapping[str, Person], project: Sample, instance: str) -> bool:
    done = work_on(people, project, instance)
    for username, task, seen in done:
        rows = len(seen.get("deviations", []))
        say(
            f"{PEOPLE[username]} 办理「{task.name}」"
            + (f"，第 {seen['review_round']} 轮，{rows} 处偏差" if rows else "")
        )
    return bool(done)


def tell_outcome(env: Mapping[str, str], instance: str) -> None:
    """Print the verdicts, the conclusions, the opinion documents and where they are kept."""
    data = data_folder(env)
    database = open_database(connections.address(env, data))
    try:
        with database.reading() as session:
            reviews = Reviews(session)
            review = reviews.of_instance(int(instance))
            for number in range(1, review.round + 1):
                counts = reviews.verdict_counts(review.id, number)
                say(f"\n第 {number} 轮：" + "、".join(f"{verdict} {count}" for verdict, count in counts.items()))
            opinion = review.opinion_document
            if opinion is None:
                raise StuckError("审查已结束，但没有意见书；请查看 workers.log。")
            say(f"结论：{review.conclusion}")
            # The store names files by their hash; a copy under its own name can be opened by a double click.
            copy = data / opinion.file_name
            copy.write_bytes(DocumentStore(data / "documents").read(opinion.sha256))
            say(f"意见书：{copy}")
    finally:
        database.close()


def _serve(supervisor: Supervisor, watching: threading.Thread, addresses: Addresses) -> int:
    say(f"\n页面：{addresses.gateway}（wang_fang、li_qiang、zhao_min、chen_jing、admin，口令 demo）")
    say(f"引擎：REST {addresses.rest}/v2  gRPC {addresses.grpc}。按 Ctrl-C 结束。")
    try:
        while watching.is_alive():
            watching.join(1)
    except KeyboardInterrupt:  # the way to end it
        return 0
    return supervisor.outcome
