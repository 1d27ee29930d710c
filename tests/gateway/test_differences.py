import pytest

from gateway.differences import mark


@pytest.mark.parametrize(
    ("approved", "tender", "marked_approved", "marked_tender"),
    [
        ("≥256GB DDR4", "≥256GB DDR5", "≥256GB DDR<mark>4</mark>", "≥256GB DDR<mark>5</mark>"),
        ("100TB", "80TB", "<mark>100</mark>TB", "<mark>80</mark>TB"),
        ("相同", "相同", "相同", "相同"),
        ("2台", "", "2台", ""),
        (
            "业务槽位：≥6个",
            "业务插槽：≥6个，且主控与业务槽位独立",
            "业务槽<mark>位</mark>：≥6个",
            "业务<mark>插</mark>槽：≥6个<mark>，且主控与业务槽位独立</mark>",
        ),
        ("<b>1</b>", "<b>2</b>", "&lt;b&gt;<mark>1</mark>&lt;/b&gt;", "&lt;b&gt;<mark>2</mark>&lt;/b&gt;"),
    ],
)
def test_what_only_one_text_has_is_marked_in_it(
    approved: str, tender: str, marked_approved: str, marked_tender: str
) -> None:
    assert mark(approved, tender) == (marked_approved, marked_tender)


def test_texts_too_long_to_compare_while_somebody_waits_stay_unmarked() -> None:
    long, other = "甲" * 600, "乙" * 600
    assert mark(long, other) == (long, other)
