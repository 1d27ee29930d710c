"""Conditions that steer towards some suppliers are found with their own provision; what a clause denies is none."""

import pytest

from domain.documents.table import Clause
from domain.parameters import Verdict, review
from domain.parameters.signals import Signal, find_signals
from domain.parameters.verdicts import Finding, FindingKind
from tests.domain.builders import item, table

STEERING = [
    ("同一品牌或制造商", "所有网络设备必须采用同一品牌"),
    ("同一品牌或制造商", "服务器、存储应为相同厂家产品"),
    ("同一品牌或制造商", "核心、汇聚、接入交换机须同品牌"),
    ("同一品牌或制造商", "所有设备应为同一制造商产品"),
    ("原产地或进口", "瑞士原装机芯"),
    ("所在地", "在本省设有备件仓"),
    ("与现有设备同一品牌", "所投存储须与我单位现有存储为同一品牌"),
    ("与现有设备同一品牌", "扩容板卡应与在用交换机型号一致"),
    ("与履约无关的资质、称号", "投标人具有ITSS信息技术服务标准二级及以上证书得3分"),
    ("与履约无关的资质、称号", "软件开发商须通过CMMI3级评估"),
    ("与履约无关的资质、称号", "供应商具备信息系统建设和服务能力CS3等级证书"),
    ("与履约无关的资质、称号", "投标人为高新技术企业的得2分"),
    ("与履约无关的资质、称号", "制造商获得专精特新小巨人称号得1分"),
    ("与履约无关的资质、称号", "具有AAA级信用等级证书"),
    ("特定行政区域或行业的业绩、奖项", "近三年具有公安行业同类业绩的,每个得2分"),
    ("特定行政区域或行业的业绩、奖项", "投标人须承担过省级以上信息化项目业绩"),
    ("特定行政区域或行业的业绩、奖项", "医疗行业案例不少于2个"),
    ("特定金额的业绩", "近三年类似业绩,单个合同金额500万元以上"),
    ("特定金额的业绩", "合同金额300万元及以上的类似项目业绩"),
    ("奖项、称号", "产品荣获国家科学技术奖"),
    ("所在地", "投标人在辽宁省内设有备品备件库"),
    ("所在地", "供应商须在沈阳具有常驻的售后服务机构"),
    ("所在地", "投标人具有沈阳市本地服务机构的得3分"),
    ("所在地", "在本市拥有固定办公场所"),
    ("所在地", "公司总部位于本市"),
    ("所在地", "外埠企业须办理进沈备案"),
    ("所在地", "须提供固定场所的房屋租赁合同"),
    ("成立、经营年限", "供应商成立时间不少于3年"),
    ("成立、经营年限", "成立不满三年的投标无效"),
    ("规模条件", "注册资金不少于1000万元"),
    ("规模条件", "上一年度营业收入达到5000万元"),
    ("规模条件", "投标人在职员工不少于100人"),
    ("市场占有率、排名", "投标产品获得IDC市场占有率前三名的得5分"),
    ("市场占有率、排名", "近三年国内市场份额排名第一"),
    ("市场占有率、排名", "入围Gartner魔力象限"),
    ("市场占有率、排名", "TPC-C测试结果在官网公布且排名前十"),
    ("市场占有率、排名", "SPECint跑分不低于800并提供官网截图"),
    ("特定运营商", "应部署在中国电信的云平台"),
    ("特定运营商", "须采用三大运营商云资源"),
    ("厂商身份或代理级别", "投标人须为产品制造商或其授权经销商"),
    ("厂商身份或代理级别", "具有原厂商金牌代理资格"),
    ("国外认证", "电源须通过UL认证"),
    ("国外认证", "提供欧盟CE证书"),
    ("厂家证明", "提供制造商针对本项目的售后服务承诺函并加盖公章"),
    ("厂家证明", "未提供厂家授权函的投标无效"),
    ("厂家证明", "不接受未提供原厂授权书的投标"),
    ("厂家证明", "不能提供原厂授权函的,不得分"),
    ("厂家证明", "没有制造商承诺函,评标委员会有权取消其投标资格"),
    ("厂家证明", "不提供厂家授权函者按不响应处理"),
    ("所在地", "在本市设立服务机构的,扣5分"),
    ("指向性表述", "性能不得低于参考品牌"),
    ("指向性表述", "不得更换指定品牌"),
    ("指向性表述", "须为进口产品,不接受国产产品"),
    ("指向性表述", "非进口产品不予接受"),
    ("指向性表述", "参考品牌以外的产品投标无效"),
    ("指向性表述", "质量不低于知名品牌"),
    ("厂家证明", "设备不得停机且须提供原厂授权函"),
    ("厂家证明", "提供厂家授权函且不得为复印件"),
    ("品牌", "采用华为设备,与现有华为平台对接"),
    ("品牌", "兼容：鲲鹏、飞腾"),
    ("品牌", "与现有H3C交换机堆叠并兼容"),
]
LAWFUL = [
    "本项目不接受进口产品投标",
    "不允许采购或变相采购进口产品",
    "本次采购拒绝进口产品参与",
    "所投产品为进口产品的,投标无效",
    "进口产品不得参与投标",
    "采购人不得以任何形式指定品牌",
    "本项目不指定品牌",
    "本文件未指定品牌",
    "投标产品不能为进口产品",
    "禁止在参数中设置参考品牌",
    "不得要求投标人提供生产厂家授权函",
    "无需提供厂家授权书",
    "不以制造商授权书作为资格条件",
    "不得以注册资本、成立年限等作为资格条件",
    "不得要求投标人在本市设有分支机构",
    "与现有华为云平台完成对接",
    "须兼容现有华为存储",
    "与采购人已建的阿里云政务平台互通",
    "接入三大运营商网络",
    "支持移动、联通、电信全网通",
    "采用移动终端办公",
    "法定代表人授权代理人签字",
    "由采购代理机构组织开标",
    "供应商注册地址以营业执照为准",
    "项目实施地点：沈阳市浑南区",
    "提供信用中国网站查询截图",
    "TPC-C≥600万",
    "SPECint_rate≥800",
    "阻燃等级UL94 V-0",
    "IDC机房托管服务",
    "同类项目业绩每个得2分",
    "支持高新技术企业名录管理",
    "支持教育领域案例库检索",
    "履约保证金为合同金额的5%",
    "投标产品须符合统一标准",
    "提供相同品牌产品的不同投标人按一家投标人计算",
    "采购人在全市设有12个街道网点",
    "为中小企业提供在线融资服务",
    "支持奖励积分兑换",
    "支持合同金额100万元以上自动提醒",
]


def kinds(text: str) -> set[str]:
    return {signal.kind for signal in find_signals(text)}


@pytest.mark.parametrize(("kind", "text"), STEERING)
def test_a_condition_that_steers_is_suspected_by_its_kind(kind: str, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize("text", LAWFUL)
def test_what_is_denied_or_only_sounds_alike_steers_nowhere(text: str) -> None:
    assert [(signal.kind, signal.words) for signal in find_signals(text)] == []


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("注册资本不低于500万元", "《政府采购货物和服务招标投标管理办法》第十七条"),
        ("投标人成立满5年", "财库〔2019〕38号"),
        ("近三年具有沈阳市同类业绩", "《政府采购法实施条例》第二十条第（四）项"),
        ("总部须在本省", "《政府采购法实施条例》第二十条第（七）项"),
        ("须提供厂家授权函", "《政府采购货物和服务招标投标管理办法》第十七条"),
        ("须为原装进口产品", "《政府采购法》第十条"),
        ("参考品牌：国内一线", "《政府采购法实施条例》第二十条第（三）、（六）项"),
    ],
)
def test_each_suspicion_rests_on_its_own_provision(text: str, provision: str) -> None:
    assert provision in suspicion(text).basis


def test_conditions_of_size_do_not_rest_on_the_item_about_ownership_and_place() -> None:
    for text in ("注册资本不低于500万元", "纳税额不低于100万元", "成立满5年"):
        assert "（七）" not in suspicion(text).basis


def test_every_condition_of_a_scoring_paragraph_is_named_with_every_provision() -> None:
    found = suspicion(
        "评分标准：1.投标产品市场占有率排名前三的得5分。2.提供制造商针对本项目的售后服务承诺函并加盖公章得3分。"
        "3.投标人在沈阳市有固定服务场所得2分。4.具有近三年沈阳市同类业绩每个得1分。5.获得省级科技进步奖得2分。"
    )
    for words in ("市场占有率排名前三", "承诺函", "在沈阳市有固定服务场所", "沈阳市同类业绩", "获得省级科技进步奖"):
        assert words in found.evidence
    for provision in ("第（二）、（三）项", "第（四）项", "第（七）项", "第十七条"):
        assert provision in found.basis


def test_what_the_approved_text_has_too_is_no_new_condition() -> None:
    approved = table(item("应用服务器"), clauses=(Clause("投标人须具有CMMI5级认证", "第1段"),))
    assert review(approved, approved).counts.deviations == 0


def test_the_brand_of_what_stands_points_at_a_product_but_one_brand_throughout_does_not() -> None:
    assert suspicion("须与现有设备为同一品牌").verdict is Verdict.BRAND
    assert suspicion("所有设备须为同一品牌").verdict is Verdict.ADDED


def test_a_signal_rests_on_a_named_brand_unless_it_says_otherwise() -> None:
    assert Signal("华为", "品牌", "").basis.endswith("第二十条第（三）、（六）项")


def suspicion(text: str) -> Finding:
    """The one suspicion that a sentence beside the list raises."""
    listed = item("应用服务器")
    result = review(table(listed), table(listed, clauses=(Clause(text, "第1段"),)))
    (found,) = (one for one in result.findings if one.kind is FindingKind.EXCLUSIVITY)
    return found


@pytest.mark.parametrize(
    "before", ["", "除本章另有规定外，", "投标人不得转包，", "为保证系统不中断，", "未列入失信名单且"]
)
@pytest.mark.parametrize(
    "behind",
    ["，否则投标无效", "，不得负偏离", "，未提供的按无效投标处理", "且不得为复印件", "，不接受偏离", "不得偏离"],
)
def test_what_is_denied_beside_a_condition_does_not_deny_the_condition(before: str, behind: str) -> None:
    assert [text for kind, text in STEERING if kind not in kinds(f"{before}{text}{behind}")] == []
