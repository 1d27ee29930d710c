"""What `zhengjian doctor` says about the records: the audit trail whole, no document missing, no push stuck."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from admin.settings import data_folder
from records import chain, connections
from records.database import Database, open_database
from records.documents import Documents, DocumentStore
from records.migrations import SchemaError
from records.operations import Operations

Finding = tuple[bool, str]
MOST_NAMED = 3


def findings(env: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the records without changing them; yield for each part whether it is well, and a sentence."""
    data = data_folder(env)
    kept = data / "records.db"
    url = connections.address(env, data)
    if url == f"sqlite:///{kept}" and not kept.exists():
        yield True, "登记库尚未建立，首次启动时自动建立"
        return
    try:
        database = open_database(url)
    except SchemaError as refusal:
        yield False, str(refusal)
        return
    except SQLAlchemyError as error:
        yield False, f"打不开登记库（{type(error).__name__}）：请检查数据库是否在运行、地址和口令是否正确"
        return
    try:
        yield from _look(database, data, Path(env.get("ZHENGJIAN_ANCHOR_FILE", data / "audit" / "anchors.jsonl")))
    finally:
        database.close()


def _look(database: Database, data: Path, anchors: Path) -> Iterator[Finding]:
    with database.reading() as session:
        yield _audit_trail(session, anchors)
        documents = Documents(session, DocumentStore(data / "documents"))
        missing = [document.file_name for document in documents.missing()]
        named = "、".join(missing[:MOST_NAMED]) + ("等" if len(missing) > MOST_NAMED else "")
        yield (
            not missing,
            f"文件库缺少 {len(missing)} 份登记过的文件（{named}），请从备份恢复" if missing else "文件库完整",
        )
        if stray := len(documents.stray()):
            yield True, f"文件库有 {stray} 份没有登记的文件：断电或正在办理的步骤留下，不影响使用"
        operations = Operations(session)
        pushes = operations.failing_pushes()
        told = f"有 {len(pushes)} 条推送多次没有送达，详见“运行”页面" if pushes else "推送正常"
        yield not pushes, told
        if provisional := operations.provisional_deadlines():
            yield True, f"有 {provisional} 项期限跨入尚未公布节假日安排的年份，暂定；公布后更新本系统即重新计算"


def _audit_trail(session: Session, anchors: Path) -> Finding:
    noted = chain.read_anchors(anchors) if anchors.exists() else []
    check = chain.verify(session, noted)
    if check.broken is None:
        return True, f"审计记录 {check.checked} 条，前后衔接，与 {len(noted)} 次存证相符"
    place = f"审计记录第 {check.broken.seq} 条起核对不上（{check.broken.reason}）"
    return False, f"{place}：请保留现场，不要修改数据库，立即联系安全管理员"
