"""What two documents say by themselves: sizing, demand, suppliers, cloud and reuse."""

from dataclasses import replace

import pytest

from domain.documents import Clause
from domain.parameters import review
from domain.parameters.rules import ConfigRefused
from domain.parameters.rules import shipped as rules
from domain.reasonableness import Hint, check_documents, shipped
from domain.reasonableness.criteria import Figure, from_config
from domain.reasonableness.demand import check_demand
from domain.reasonableness.sharing import check_sharing
from domain.reasonableness.sizing import check_sizing
from domain.reasonableness.supply import check_supply
from tests.domain.builders import item, table

SMALL, LARGE = 100_000_000, 900_000_000


def sizing(name: str, parameter: str, total: int = LARGE) -> list[Hint]:
    return list(check_sizing(table(item(name, [parameter], total=total)), shipped(), rules()))


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("应用服务器", "内存：≥2TB"),
        ("应用服务器", "CPU核数：≥256核"),
        ("下一代防火墙", "网络层吞吐量：≥80Gbps"),
        ("核心交换机", "交换容量：≥256Tbps"),
        ("台式计算机", "内存：≥64GB"),
        ("UPS", "容量：≥300kVA"),
        ("应用服务器", "CPU：≥2颗，每颗≥160核，主频≥2.5GHz"),
    ],
)
def test_more_than_is_usually_needed_asks_for_the_reckoning(name: str, parameter: str) -> None:
    (hint,) = sizing(name, parameter)
    assert (hint.rule, hint.topic, hint.tender) == ("above_usual", "配置", parameter)
    assert hint.reason.endswith("请说明需求测算依据")
    assert hint.figure.startswith("经验默认值")


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("应用服务器", "内存：≥1024GB"),
        ("应用服务器", "内存：≤2TB"),
        ("应用服务器", "内存：支持扩展"),
        ("应用服务器", "硬盘：≥960GB SSD"),
        ("下一代防火墙", "网络层吞吐量：≥40Gbps"),
        ("指挥调度系统", "内存：≥2TB"),
        ("应用服务器", "内存：≥256GB，最大支持4TB"),
        ("服务器操作系统", "支持CPU核数：≥256核"),
        ("视频存储", "容量：≥3PB"),
        ("备份一体机", "内存：≥64GB"),
        ("IPSec VPN网关", "吞吐量：≥80Gbps"),
    ],
)
def test_the_usual_limit_itself_and_what_is_no_lower_bound_are_fine(name: str, parameter: str) -> None:
    assert sizing(name, parameter) == []


@pytest.mark.parametrize("parameter", ["提供原厂驻场服务1年", "提供7×24小时驻场运维", "服务方式：驻场，7*24"])
def test_staff_on_site_around_the_clock_is_asked_about_in_a_small_project_only(parameter: str) -> None:
    assert [hint.rule for hint in sizing("运维服务", parameter, SMALL)] == ["onsite_service"]
    assert sizing("运维服务", parameter, LARGE) == []


def test_the_size_of_a_small_project_is_configurable_and_its_limit_is_not_small() -> None:
    tender = table(item("运维服务", ["采用异地双活架构"], total=SMALL))
    for limit, expected in ((SMALL, 0), (SMALL + 1, 1)):
        criteria = replace(shipped(), small_project_fen=Figure(limit, "测试"))
        assert len(list(check_sizing(tender, criteria, rules()))) == expected


@pytest.mark.parametrize(
    ("text", "count"), [("支持TLS1.0", 1), ("不得使用MD5算法", 0), ("操作系统：CentOS 7", 1), ("支持TLS1.2", 0)]
)
def test_what_is_out_of_date_is_named_unless_it_is_forbidden(text: str, count: int) -> None:
    assert len(sizing("统一门户", text)) == count


def demand(parameter: str, users: str = "系统注册用户约2万人") -> list[Hint]:
    tender = table(item("统一门户", [parameter]), clauses=(Clause(users, "第3段"),))
    return list(check_demand(table(item()), tender, shipped()))


def test_more_concurrent_users_than_the_set_share_of_all_are_asked_about() -> None:
    (hint,) = demand("并发用户数≥1.2万")
    assert hint.reason == "要求并发12,000，而文件所述用户规模为20,000，请说明并发的测算依据"
    assert hint.evidence == "系统注册用户约2万人（第3段）"


@pytest.mark.parametrize(
    "parameter", ["并发用户数≥1万", "并发连接数≥500万", "并发用户数≥500", "支持并发2万路视频", "并发≥15000TPS"]
)
def test_the_share_itself_and_connections_of_devices_are_fine(parameter: str) -> None:
    assert demand(parameter) == []


def test_without_a_number_of_users_nothing_is_said() -> None:
    assert demand("并发用户数≥100万", "面向社会公众") == []


def test_a_figure_of_one_data_sheet_asks_for_three_suppliers() -> None:
    (hint,) = check_supply(table(item("核心交换机", ["交换容量≥714Tbps"])), shipped())
    assert (hint.rule, hint.topic) == ("data_sheet_figure", "供应商")
    assert hint.reason.endswith("请确认至少三家供应商的产品能够满足")


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        (("转发率≥1263Mpps", "时延≤5ms", "吞吐量≥37.8Gbps"), 1),
        (("转发率≥1263Mpps", "吞吐量≥40Gbps"), 0),
        (("内存≥256GB", "分辨率≥1920×1080", "容量≥4096GB", "端口≥48个"), 0),
        (("可用性≥99.99%", "屏幕≥23.8英寸", "硬盘≥3.84TB", "交换容量≥2.56Tbps"), 0),
        (("符合GB/T≥2024版", "寿命≥100000小时"), 0),
    ],
)
def test_several_figures_off_every_usual_step_look_copied(parameters: tuple[str, ...], count: int) -> None:
    assert len(list(check_supply(table(item("核心交换机", parameters)), shipped()))) == count


def sharing(*names: str, clause: str = "") -> list[Hint]:
    clauses = (Clause(clause, "第9段"),) if clause else ()
    return list(check_sharing(table(*(item(name) for name in names), clauses=clauses)))


def test_devices_the_cloud_offers_are_one_hint_a_kind() -> None:
    found = sharing("应用服务器", "数据库服务器", "磁盘阵列", "机柜")
    assert [(hint.topic, hint.item) for hint in found] == [
        ("上云", "物理服务器"),
        ("上云", "存储设备"),
        ("上云", "机房和配套"),
    ]
    assert found[0].reason == (
        "拟采购物理服务器2项（应用服务器、数据库服务器），政务云一般可提供云主机、裸金属服务，请说明不上云的理由"
    )


@pytest.mark.parametrize(
    "name", ["短信平台", "统一身份认证系统", "电子证照系统", "GIS平台", "视频会议系统", "数据共享交换平台"]
)
def test_a_common_platform_bought_anew_asks_why_it_is_not_reused(name: str) -> None:
    assert [hint.topic for hint in sharing(name)] == ["复用"]


@pytest.mark.parametrize("name", ["云服务器租用", "统一身份认证对接", "服务器密码机", "电子证照接口开发", "业务系统"])
def test_what_uses_the_cloud_or_a_platform_is_left_alone(name: str) -> None:
    assert sharing(name) == []


def test_a_reason_the_tender_gives_is_shown_for_a_person_to_weigh() -> None:
    (hint,) = sharing("应用服务器", clause="因现场实时控制要求，前端设备无法上云。")
    assert hint.reason.endswith("文件已有说明，请核实理由是否成立")
    assert hint.evidence == "因现场实时控制要求，前端设备无法上云。（第9段）"


def test_hints_have_ids_that_hold_while_what_was_written_does() -> None:
    def ids(tender_place: str) -> list[str]:
        approved = table(item())
        tender = table(item("短信平台"), item("应用服务器", place=tender_place))
        found = check_documents(approved, tender, review(approved, tender).findings, shipped(), rules())
        return [hint.hint_id for hint in found]

    assert ids("设备清单!C4") == ids("设备清单!C9")
    assert len(set(ids("设备清单!C4"))) == len(ids("设备清单!C4")) == 2


def test_figures_are_configured_by_name_and_then_called_the_citys_own() -> None:
    criteria = from_config({"low_price_percent": 50})
    assert criteria.low_price_percent.value == 50
    assert criteria.low_price_percent.told("50%").startswith("本市配置值50%")
    assert criteria.contract_samples == shipped().contract_samples


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"low": 1}, "没有配置项 reasonableness.low"),
        ({"contract_samples": 0}, "须是正整数"),
        ({"contract_samples": "3"}, "须是正整数"),
        ({"contract_samples": True}, "须是正整数"),
        ([], "须是一节"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_refused_by_name(config: object, told: str) -> None:
    with pytest.raises(ConfigRefused) as refused:
        from_config(config)
    assert told in refused.value.message
