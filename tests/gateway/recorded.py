"""A review as the workers leave it in the records."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.documents.table import Item, Money, ParameterTable
from domain.parameters.dictionary import Pair
from domain.parameters.rules import shipped
from domain.parameters.verdicts import Finding, Subject, Verdict, identify
from records import audit
from records.database import Database
from records.dictionary_changes import Acceptance, DictionaryChanges, Hand
from records.documents import Documents, DocumentStore, NewDocument
from records.models import Conclusion, Document, ParameterReview, ReviewStage, ReviewState, SynonymSuggestion
from records.projects import NewProject, Projects
from records.reviews import Judgement, Opinion, Request, Reviews
from records.suggestions import Seen, Suggestions
from records.tables import Tables

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
INSTANCE = 2251799813685251

Row = tuple[str, str, str, str, str, Verdict, str]
FINDINGS: list[Row] = [
    ("应用支撑平台", "应用服务器", "CPU核数", "不低于16核", "≥16核", Verdict.SAME, "下限相同"),
    ("应用支撑平台", "应用服务器", "内存", "≥256GB DDR4", "≥256GB DDR5", Verdict.RAISED, "代次提高，收窄产品范围"),
    ("应用支撑平台", "集中存储", "可用容量", "≥100TB", "≥80TB", Verdict.LOWERED, "招标下限80TB低于批复的100TB"),
    ("网络与安全", "核心交换机", "品牌", "", "支持IRF堆叠", Verdict.BRAND, "IRF为单一厂商技术名称"),
    ("网络与安全", "防火墙", "整项", "2台", "", Verdict.MISSING, "批复有、招标没有"),
    ("网络与安全", "视频会议终端", "整项", "", "4台 <img src=x onerror=alert(1)>", Verdict.ADDED, "批复没有此项"),
    ("综合", "监控摄像机", "数量", "120台", "132台", Verdict.QUANTITY, "数量由120台变为132台"),
    ("综合", "系统集成", "合价", "1,200,000.00元", "1,260,000.00元", Verdict.AMOUNT, "超出批复60,000.00元"),
    ("综合", "运维平台", "性能", "满足业务需要", "支持500个监控节点", Verdict.MANUAL, "批复为定性要求，须人工判断"),
]  # fmt: skip


@dataclass(frozen=True)
class Reviewed:
    """Ids of a recorded review."""

    review_id: int
    tender_id: int
    opinion_id: int
    project_code: str


@dataclass(frozen=True)
class Recorder:
    """Records one review a call: findings, explanation, judgement, first opinion, three documents."""

    database: Database
    store: DocumentStore

    def __call__(
        self, code: str = "2412-210100-17-01-140662", unit_code: str = "csyx", instance_key: int = INSTANCE
    ) -> Reviewed:
        with self.database.session() as session:
            named = NewProject(code, "城市运行一网统管平台", unit_code, "沈阳市城市运行服务中心")
            project = Projects(session).register(named, NOW)
            asked = Request(instance_key, project.id, "01包 硬件设备", "沈发改审批[2026]18号", NOW.date(), "wang_fang")
            review = Reviews(session).open(asked, NOW)
            tender = self._add_tables(session, project.id, review)
            review.opinion_document_id = self._add(session, "opinion", "技术参数审查意见书.docx").id
            _judge(Reviews(session), review)
            audit.append(session, "wang_fang", "review.signed", f"parameter_review:{instance_key}", {"round": 1}, NOW)
            return Reviewed(review.id, tender.id, review.opinion_document_id, code)

    def _add(self, session: Session, kind: str, name: str) -> Document:
        new = NewDocument(kind.encode(), kind, name, "application/octet-stream", "wang_fang", NOW)
        return Documents(session, self.store).add(new)

    def _add_tables(self, session: Session, project_id: int, review: ParameterReview) -> Document:
        approved = self._add(session, "approved_table", "审批后方案参数价格表.xlsx")
        tender = self._add(session, "tender", "招标文件（采购需求）.docx")
        baseline = Tables(session).store_baseline(project_id, approved, a_table(approved, 1_234_567_800), NOW)
        session.flush()
        review.baseline_table_id = baseline.id
        Tables(session).store_tender(review.id, 1, tender, a_table(tender, 1_240_567_800), NOW)
        return tender


def record_synonym(database: Database, review_id: int) -> int:
    """Let a reviewer confirm a pair of names and an administrator accept it; return the entry's id."""
    with database.session() as session:
        finding = Reviews(session).findings(review_id, 1)[1]
        seen = Seen(review_id, 1, finding.finding_id, "li_qiang")
        Suggestions(session).confirm(Pair("items", "负载均衡", "链路优化设备"), seen, NOW)
        suggestion = session.scalars(select(SynonymSuggestion)).one()
        hand = Hand("admin", NOW, NOW.date())
        entry = DictionaryChanges(session).accept(
            Acceptance(suggestion.id, swapped=False, effective_from=NOW.date()), shipped(), hand
        )
        session.flush()
        return entry.id


def a_table(document: Document, fen: int) -> ParameterTable:
    total = Money(f"{fen / 100:.2f}", fen, "设备清单!H4")
    item = Item("应用服务器", "设备清单!B4", "应用支撑平台", total=total)
    return ParameterTable(document.file_name, document.sha256, (item,))


def _judge(reviews: Reviews, review: ParameterReview) -> None:
    found = identify(
        Finding(Subject.PARAMETER, subsystem, item, item, *texts, f"设备清单!D{at}", f"表3 第{at}行")
        for at, (subsystem, item, *texts) in enumerate(FINDINGS, 4)
    )
    reviews.add_findings(review, found, {})
    reviews.explain(review, {found[1].finding_id: "DDR4已停产，按现货代次采购，造价不变。"})
    reviews.judge(review, {found[1].finding_id: Judgement("accepted", "说明成立")})
    reviews.add_opinion(review, Opinion(ReviewStage.FIRST, "li_qiang", "已提出初审意见", "请修改存储容量。"), NOW)
    reviews.conclude(review, Conclusion.AGREE_AFTER_CHANGES, NOW)
    reviews.move(review, ReviewState.CONFIRMING, NOW)
