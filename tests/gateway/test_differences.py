import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.differences import mark


@pytest.mark.parametrize(
    ("approved", "tender", "marked_approved", "marked_tender"),
    [
        ("≥256GB DDR4", "≥256GB DDR5", "≥256GB DDR<mark>4</mark>", "≥256GB DDR<mark>5</mark>"),
        ("100TB", "80TB", "<mark>100</mark>TB", "<mark>80</mark>TB"),
        ("100TB", "100GB", "100<mark>TB</mark>", "100<mark>GB</mark>"),
        ("100Mbps", "100MBps", "100<mark>Mbps</mark>", "100<mark>MBps</mark>"),
        ("相同", "相同", "相同", "相同"),
        ("2台", "", "2台", ""),
        ("≥4个", "4个", "<mark>≥</mark>4个", "4个"),
        ("≥4个", "≤4个", "<mark>≥</mark>4个", "<mark>≤</mark>4个"),
        (
            "业务槽位：≥6个",
            "业务插槽：≥6个，且主控与业务槽位独立",
            "业务<mark>槽位</mark>：≥6个",
            "业务<mark>插槽</mark>：≥6个<mark>，且主控与业务槽位独立</mark>",
        ),
        ("★双活：支持双活", "★双活：可扩展支持双活", "★双活：支持双活", "★双活：<mark>可扩展</mark>支持双活"),
        ("国产自主可控处理器", "鲲鹏处理器", "<mark>国产自主可控</mark>处理器", "<mark>鲲鹏</mark>处理器"),
        ("RAID 0/1/5/10", "RAID 0/1", "RAID 0/1<mark>/5/10</mark>", "RAID 0/1"),
        ("3年原厂质保", "1年质保", "<mark>3</mark>年<mark>原厂</mark>质保", "<mark>1</mark>年质保"),
        ("4个万兆光口", "4个千兆光口", "4个<mark>万兆</mark>光口", "4个<mark>千兆</mark>光口"),
        (
            "4个万兆光口（含模块）",
            "4个10GE光口",
            "4个<mark>万兆</mark>光口<mark>（含模块）</mark>",
            "4个<mark>10GE</mark>光口",
        ),
        ("响应时间2小时", "响应时间2个工作日", "响应时间2<mark>小时</mark>", "响应时间2<mark>个工作日</mark>"),
        ("满足业务需要", "性能良好", "<mark>满足业务需要</mark>", "<mark>性能良好</mark>"),
        ("<b>1</b>", "<b>2</b>", "&lt;b&gt;<mark>1</mark>&lt;/b&gt;", "&lt;b&gt;<mark>2</mark>&lt;/b&gt;"),
    ],
)
def test_what_only_one_text_has_is_marked_in_it(
    approved: str, tender: str, marked_approved: str, marked_tender: str
) -> None:
    assert mark(approved, tender) == (marked_approved, marked_tender)


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("不低于16核", "≥16核"),
        ("CPU：≥16核", "CPU:≥ 16 核"),
        ("1,200.00元", "1200元"),
        ("RAID 0/1/5", "RAID 5/1/0"),
        ("红、黄、绿", "绿、红、黄"),
        ("ＤＤＲ４", "DDR4"),
    ],
)
def test_another_way_to_write_the_same_is_not_marked(approved: str, tender: str) -> None:
    assert mark(approved, tender) == (approved, tender)


def test_no_single_characters_are_left_unmarked_amid_another_wording() -> None:
    _, tender = mark("具备用户行为审计与日志留存能力", "提供操作留痕及日志审计的功能")
    assert "<mark>" in tender
    for kept in tender.replace("</mark>", "<mark>").split("<mark>")[2:-1:2]:
        assert len(kept) >= 2 or kept in "和及或与"


def test_evidence_is_marked_wherever_it_stands_whatever_its_spaces_width_and_case() -> None:
    approved, tender = mark("国产处理器", "采用鲲 鹏９２０或kunpeng处理器", ["鲲鹏920", "KUNPENG"])
    assert approved == "<mark>国产</mark>处理器"
    assert tender == (
        '<mark>采用</mark><mark class="evidence">鲲 鹏９２０</mark><mark>或</mark>'
        '<mark class="evidence">kunpeng</mark>处理器'
    )
    assert mark("", "支持IRF", ["IRF"]) == ("", '支持<mark class="evidence">IRF</mark>')


def test_texts_too_long_to_compare_while_somebody_waits_stay_unmarked() -> None:
    long, other = "甲1" * 300, "乙2" * 300
    assert mark(long, other) == (long, other)


def test_one_phrase_without_an_end_is_marked_as_a_whole_at_once() -> None:
    long, other = "甲乙丙丁" * 4_000, "甲丁丙乙" * 4_000
    assert mark(long, other) == (f"<mark>{long}</mark>", f"<mark>{other}</mark>")


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=4), max_size=3))
def test_marks_change_nothing_that_is_written(approved: str, tender: str, evidence: list[str]) -> None:
    for text, marked in zip((approved, tender), mark(approved, tender, evidence), strict=True):
        assert _without_marks(str(marked)) == text


def _without_marks(marked: str) -> str:
    for tag in ("<mark>", '<mark class="evidence">', "</mark>"):
        marked = marked.replace(tag, "")
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        marked = marked.replace(entity, char)
    return marked
