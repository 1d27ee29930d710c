"""What a licence counts and how long it holds, in the words of the trade; users, of whom there are several kinds."""

import pytest

from domain.parameters.naming import names_contrast
from domain.parameters.pairs import judge_pair
from domain.parameters.rules import shipped

SAME_TERM = [
    ("永久授权", "提供无使用期限限制的授权"),
    ("永久授权", "不限使用期限的授权"),
    ("永久授权", "授权期限不限"),
    ("永久授权", "无限期授权"),
    ("300点永久授权", "300点,永久使用"),
    ("不少于4颗CPU永久授权", "≥4颗CPU,授权不限期限"),
    ("永久授权,质保3年", "无使用期限限制,质保3年"),
    ("授权期3年", "授权期限不少于36个月"),
    ("300点,3年授权", "300点,授权期限三年"),
]
SHORTER_TERM = [
    ("永久授权", "授权期限3年"),
    ("永久授权", "3年授权"),
    ("永久授权", "按年订阅"),
    ("授权期3年", "授权期1年"),
    ("3年订阅", "1年订阅"),
    ("300点永久授权", "300点,授权期3年"),
    ("不少于300点,永久授权", "不少于300点,授权有效期1年"),
    ("永久授权,质保3年", "授权期3年,质保3年"),
    ("300点永久授权", "200点,永久授权"),
    ("永久授权", "宜提供无限期授权"),
]
DOUBTFUL_TERM = [
    ("永久授权", "长期有效"),
    ("永久授权", "非永久授权"),
    ("300点永久授权", "400点,授权期3年"),
    ("授权期3年", "3年订阅"),
    ("4颗CPU永久授权", "4颗CPU,质保3年"),
]


def verdict(approved: str, tender: str, item: str = "应用中间件") -> str:
    return judge_pair(item, "授权", approved, "授权方式", tender).verdict.value


@pytest.mark.parametrize(("one", "other"), SAME_TERM)
def test_a_term_of_licence_in_other_words_is_consistent(one: str, other: str) -> None:
    assert {verdict(one, other), verdict(other, one)} == {"一致"}


@pytest.mark.parametrize(("approved", "tender"), SHORTER_TERM)
def test_a_licence_that_holds_less_long_is_lower(approved: str, tender: str) -> None:
    assert (verdict(approved, tender), verdict(tender, approved)) == ("降低", "提高")


@pytest.mark.parametrize(("approved", "tender"), DOUBTFUL_TERM)
def test_terms_that_do_not_answer_each_other_are_for_a_person(approved: str, tender: str) -> None:
    assert verdict(approved, tender) == "不可比/需人工"


@pytest.mark.parametrize(
    ("item", "one", "other"),
    [
        ("终端安全管理软件", "不少于2000点", "≥2000个终端"),
        ("终端安全管理软件", "2000点永久授权", "2000个客户端永久授权"),
        ("防病毒软件", "500个终端", "500个客户端授权"),
        ("堡垒机", "300个资产", "300个节点"),
        ("堡垒机", "200个资产,50个用户", "200点,50个用户"),
        ("日志审计系统", "200个日志源", "200点"),
    ],
)
def test_units_that_count_the_same_licences_of_an_item_are_one(item: str, one: str, other: str) -> None:
    assert {verdict(one, other, item), verdict(other, one, item)} == {"一致"}


@pytest.mark.parametrize(
    ("item", "approved", "tender", "given"),
    [
        ("终端安全管理软件", "2000点", "1500个终端", "降低"),
        ("堡垒机", "200个资产,50个用户", "200点,20个用户", "降低"),
        ("终端安全管理软件", "2000点", "2000个用户", "不可比/需人工"),
        ("防病毒软件", "500点", "500个并发用户", "不可比/需人工"),
        ("视频平台", "200点", "200个终端", "不可比/需人工"),
        ("网络管理", "500点", "500节点", "不可比/需人工"),
    ],
)
def test_fewer_licences_and_other_units_are_told(item: str, approved: str, tender: str, given: str) -> None:
    assert verdict(approved, tender, item) == given


@pytest.mark.parametrize("tender", ["2000点服务器", "2000点(含服务器)", "2000个注册用户"])
def test_licences_of_something_else_are_never_the_same(tender: str) -> None:
    assert verdict("2000点", tender, "终端安全管理软件") != "一致"


@pytest.mark.parametrize("figure", ["≥500", "≥5000", "≥50"])
@pytest.mark.parametrize("name", ["在线用户数", "注册用户数", "日活用户数"])
def test_users_of_another_kind_have_no_order(name: str, figure: str) -> None:
    assert judge_pair("业务软件", "并发用户数", "≥500", name, figure).verdict.value == "不可比/需人工"
    assert names_contrast("并发用户数", name, shipped())
