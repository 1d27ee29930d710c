"""核对公告文件: the published file is the reviewed one, or is reviewed itself."""

from typing import Any

import pytest

from records.models import ReviewState


@pytest.fixture
def agreed(desk: Any) -> Any:
    """A review whose opinion says 同意."""
    desk.compare()
    desk.sign()
    desk.conclude("同意")
    return desk


def test_the_same_file_ends_the_review(agreed: Any) -> None:
    reviewed = agreed.uploads.files[agreed.variables["tender_document"][0]["documentId"]]
    published = agreed.uploads.add(reviewed, "公告.xlsx")
    returned = agreed.run("compare_published", published_document=published, notice_number="JH26-1")
    assert returned == {"published_matches": True}
    review = agreed.review()
    assert review.state is ReviewState.AGREED
    assert review.ended_at is not None
    assert review.published_document.file_name == "公告.xlsx"
    assert agreed.pushed()[-1] == ("platform", "parameter_review.published")
    assert agreed.audited()[-1] == "published.compared"


def test_another_file_becomes_the_tender_of_the_next_round(agreed: Any) -> None:
    other = agreed.uploads.files[agreed.variables["tender_document"][0]["documentId"]] + b" "
    published = agreed.uploads.add(other, "公告.xlsx")
    returned = agreed.run("compare_published", published_document=published, notice_number="JH26-1")
    assert returned == {"published_matches": False, "tender_document": published}
    assert agreed.review().published_document is None
    assert agreed.pushed() == [("platform", "parameter_review.concluded")]


def test_a_file_that_is_gone_is_not_taken_for_the_reviewed_one(agreed: Any) -> None:
    gone = [{"documentId": "gone"}]
    returned = agreed.run("compare_published", published_document=gone, notice_number="JH26-1")
    assert returned == {"published_matches": False, "tender_document": gone}


def test_a_second_run_of_the_same_element_instance_changes_nothing(agreed: Any) -> None:
    at = agreed.occasion()
    given = {"published_document": agreed.variables["tender_document"], "notice_number": "JH26-1"}
    first = agreed.run("compare_published", at=at, **given)
    agreed.uploads.files.clear()
    assert agreed.run("compare_published", at=at, **given) == first
    assert agreed.pushed().count(("platform", "parameter_review.published")) == 1
