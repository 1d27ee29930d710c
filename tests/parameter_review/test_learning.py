"""Overruled verdicts and the dictionary on the real engine: what people fill in is what counts in the end."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
import pytest

from domain.formats import CHINA
from domain.parameters.rules import shipped
from records.dictionary import Dictionary
from records.dictionary_changes import Acceptance, DictionaryChanges, Hand
from records.documents import Documents, DocumentStore
from records.models import ParameterFinding
from records.overrides import Overrides
from records.reviews import Reviews
from records.suggestions import Suggestions, SuggestionSearch
from tests.parameter_review.desk import workbook
from tests.parameter_review.office import ReviewCase, ReviewOffice

pytestmark = pytest.mark.engine

APPROVED = (("应用服务器", "1、CPU核数≥16核\n2、内存≥256GB", 2, 50_000), ("签约平台", "1、席位容量：≥200个", 1, 80_000))
RENAMED = (("应用服务器", "1、CPU核数≥16核\n2、内存≥512GB", 2, 50_000), ("签约平台", "1、坐席容量：≥200个", 1, 80_000))
ANSWERS = dict.fromkeys(("supply", "specification", "price", "reuse"), "reasonable")
FORM = {"reasonableness": ANSWERS, "requirements": ""}


@pytest.fixture(scope="module")
def office(engine_server: Any, tmp_path_factory: Any, request_of: Any) -> Iterator[ReviewOffice]:
    made = ReviewOffice(engine_server, tmp_path_factory.mktemp("office"), request_of)
    yield made
    made.close()


def a_case(office: ReviewOffice) -> ReviewCase:
    return ReviewCase(office, workbook(RENAMED), workbook(APPROVED))


def findings(case: ReviewCase) -> dict[str, ParameterFinding]:
    database = case.office.database()
    with database.reading() as session:
        review = Reviews(session).of_instance(int(case.key))
        found = {row.tender: row for row in Reviews(session).findings(review.id, review.round)}
    database.close()
    return found


def opinion_of(case: ReviewCase) -> str:
    database = case.office.database()
    with database.reading() as session:
        document = Reviews(session).of_instance(int(case.key)).opinion_document
        assert document is not None
        content = Documents(session, DocumentStore(case.office.data / "documents")).content(document)
    database.close()
    read = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def test_an_override_goes_through_both_reviewers_into_the_opinion(office: ReviewOffice) -> None:
    case = a_case(office)
    case.explain()
    memory, seats = case.sees("li_qiang", "review_parameters", "deviations")
    assert [line["verdict"] for line in (memory, seats)] == ["提高", "不可比/需人工"]
    stated = {**seats, "override_verdict": "一致", "override_reason": ""}
    kept = {**memory, "disposition": "accepted"}
    denied = case.claim_and_complete("li_qiang", "review_parameters", deviations=[kept, stated], **FORM)
    assert denied.status_code == 409
    assert f"第 {seats['no']} 项改判为“一致”，没有写明理由。" in denied.json()["detail"]
    stated["override_reason"] = "席位即坐席"
    case.do("li_qiang", "review_parameters", deviations=[kept, stated], overrides=[], **FORM)
    shown = case.sees("zhao_min", "confirm_review", "reviewed")[1]
    assert (shown["verdict"], shown["override_verdict"], shown["override_reason"]) == (
        "不可比/需人工",
        "一致",
        "席位即坐席",
    )
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    row = findings(case)["坐席容量：≥200个"]
    assert (row.verdict, row.effective_verdict, row.disposition) == ("不可比/需人工", "一致", None)
    text = opinion_of(case)
    assert "提高 1 项" in text
    assert "需人工 1 项" not in text


def test_what_the_second_reviewer_sends_back_is_in_the_first_ones_form(office: ReviewOffice) -> None:
    case = a_case(office)
    case.explain()
    lines = case.sees("li_qiang", "review_parameters", "deviations")
    memory, seats = ({**line, "disposition": "accepted"} for line in lines)
    case.do("li_qiang", "review_parameters", deviations=[memory, seats], overrides=[], **FORM)
    cores = findings(case)["CPU核数≥16核"].position + 1
    proposed = [
        {"no": memory["no"], "override_verdict": "不可比/需人工", "override_reason": "代次不明"},
        {"no": cores, "override_verdict": "降低", "override_reason": "核数含超线程"},
    ]
    alone = {"confirmation": "confirmed", "confirmation_comment": "", "returned_overrides": proposed}
    denied = case.claim_and_complete("zhao_min", "confirm_review", **alone)
    assert "一个人不能单独改判" in denied.json()["detail"]
    case.do("zhao_min", "confirm_review", **{**alone, "confirmation": "returned"})
    back = case.sees("li_qiang", "review_parameters", "deviations")
    assert [(line["no"], line["override_verdict"]) for line in back] == [
        (memory["no"], "不可比/需人工"),
        (seats["no"], ""),
    ]
    further = case.sees("li_qiang", "review_parameters", "overrides")
    assert [(line["no"], line["override_verdict"]) for line in further] == [(cores, "降低")]
    decided = [{**line, "disposition": "revise", "disposition_note": "写明物理核"} for line in further]
    case.do("li_qiang", "review_parameters", deviations=back, overrides=decided, **FORM)
    assert [line["no"] for line in case.sees("zhao_min", "confirm_review", "overrides")] == [cores]
    assert case.sees("zhao_min", "confirm_review", "returned_overrides") == []
    case.confirm()
    revisions = case.sees("wang_fang", "revise_tender", "revisions")
    assert [(line["no"], line["verdict"], line["requirement"]) for line in revisions] == [(cores, "降低", "写明物理核")]


def test_another_client_may_send_anything_in_place_of_overrides(office: ReviewOffice) -> None:
    case = a_case(office)
    case.explain()
    lines = [{**line, "disposition": "accepted"} for line in case.sees("li_qiang", "review_parameters", "deviations")]
    for wrong in ("一致", [1], [{"no": 1}]):
        denied = case.claim_and_complete("li_qiang", "review_parameters", deviations=lines, overrides=wrong, **FORM)
        assert denied.status_code == 409
    case.do("li_qiang", "review_parameters", deviations=lines, overrides=None, **FORM)
    case.do("zhao_min", "confirm_review", confirmation="returned", returned_overrides=None, confirmation_comment="")
    case.do("li_qiang", "review_parameters", deviations=lines, **FORM)
    cores = findings(case)["CPU核数≥16核"].position + 1
    proposed = [{"no": cores, "override_verdict": "降低", "override_reason": "核数含超线程"}]
    back = {"confirmation": "returned", "confirmation_comment": "", "returned_overrides": proposed}
    case.do("zhao_min", "confirm_review", **back)
    assert case.sees("li_qiang", "review_parameters", "overrides") == proposed
    # The first reviewer takes the only line out: a form then sends no list at all.
    case.do("li_qiang", "review_parameters", deviations=lines, overrides_count=0, **FORM)
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    assert findings(case)["CPU核数≥16核"].effective_verdict == "一致"


def test_an_accepted_synonym_makes_the_next_review_of_the_same_documents_consistent(office: ReviewOffice) -> None:
    first = a_case(office)
    first.explain()
    memory, seats = first.sees("li_qiang", "review_parameters", "deviations")
    lines = [{**memory, "disposition": "accepted"}, {**seats, "disposition": "accepted", "synonym": True}]
    first.do("li_qiang", "review_parameters", deviations=lines, overrides=[], **FORM)
    first.confirm()
    first.task("wang_fang", "submit_published_tender")
    now = datetime.now(UTC)
    today = now.astimezone(CHINA).date()
    database = office.database()
    with database.session() as session:
        (suggestion,) = Suggestions(session).page(SuggestionSearch()).items
        assert (suggestion.canonical, suggestion.alias) == ("席位容量", "坐席容量")
        wanted = Acceptance(suggestion.id, swapped=False, effective_from=today)
        DictionaryChanges(session).accept(wanted, shipped(), Hand("admin", now, today))
    database.close()
    second = a_case(office)
    shown = second.sees("wang_fang", "explain_deviations", "deviations")
    assert [line["tender"] for line in shown] == ["内存≥512GB"]
    assert findings(second)["坐席容量：≥200个"].verdict == "一致"
    database = office.database()
    with database.reading() as session:
        ids = [Reviews(session).of_instance(int(case.key)).id for case in (first, second)]
        pinned = [Dictionary(session).pinned(review_id, 1) for review_id in ids]
        assert [one.dictionary_version if one else None for one in pinned] == [0, 1]
        assert [len(Overrides(session).of_round(review_id, 1)) for review_id in ids] == [0, 0]
    database.close()
