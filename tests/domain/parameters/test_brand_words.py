"""Brands of devices and of their parts are found by class; the same characters inside ordinary words are none."""

from collections import Counter

import pytest

from domain.parameters.data import load
from domain.parameters.pairs import judge_pair
from domain.parameters.signals import find_signals

PARTS = [
    ("精密空调", "压缩机", "采用涡旋压缩机", "采用谷轮涡旋压缩机"),
    ("精密空调", "压缩机", "采用涡旋压缩机", "采用丹佛斯涡旋压缩机"),
    ("精密空调", "风机", "采用EC风机", "采用ebm-papst EC风机"),
    ("UPS", "蓄电池", "采用阀控式铅酸蓄电池", "采用汤浅阀控式铅酸蓄电池"),
    ("UPS", "蓄电池", "12V 100Ah", "双登12V 100Ah"),
    ("UPS", "蓄电池", "12V 100Ah", "12V 100Ah,南都或同等品牌"),
    ("发电机", "发动机", "柴油发动机", "康明斯柴油发动机"),
    ("配电柜", "断路器", "塑壳断路器", "正泰塑壳断路器"),
    ("综合布线", "线缆", "六类非屏蔽双绞线", "六类非屏蔽双绞线(百通)"),
    ("综合布线", "光缆", "24芯单模光缆", "长飞24芯单模光缆"),
    ("LED大屏", "灯珠", "国产灯珠", "国星光电灯珠"),
    ("LED大屏", "接收卡", "配置接收卡", "配置诺瓦接收卡"),
    ("应用服务器", "硬盘", "960GB SSD", "Solidigm 960GB SSD"),
    ("应用服务器", "网卡", "双口25GE网卡", "Mellanox双口25GE网卡"),
    ("边缘终端", "处理器", "八核处理器", "RK3588八核处理器"),
    ("消防系统", "主机", "火灾报警主机", "海湾消防火灾报警主机"),
    ("智能问答", "模型", "部署大语言模型", "部署DeepSeek大语言模型"),
]

ORDINARY = [
    "未经许可不得安装其他软件",
    "使得安全策略生效",
    "当日立即响应",
    "物理光纤链路冗余",
    "在系统中创建用户",
    "支持海量数据存储",
    "覆盖全市50万户居民",
    "惠及千家万户",
    "支持关键词联想",
    "智能联想输入",
    "支持用友好界面展示",
    "移动云办公",
    "云台由移动云台控制",
    "通信核心设备",
    "共同有效期",
    "地图中兴趣点标注",
    "健康普查",
    "信息系统中软硬件",
    "统一数字认证",
    "计算能力",
    "分派能力",
    "双登录入口",
    "最优派单",
    "支持高通量计算",
    "较高通过率",
    "接入公安天网",
    "单笔最大金额",
    "公开利用数据",
    "互联软件",
    "用户活跃图表",
    "防雷迅速响应",
    "兼容AWS S3接口",
    "页面采用HTML5+CSS",
    "上海光缆",
    "界面友好,应用友好",
    "全省云南都已覆盖",
    "一致态势",
]


@pytest.mark.parametrize(("item", "name", "approved", "tender"), PARTS)
def test_the_maker_of_a_part_is_a_brand_like_any_other(item: str, name: str, approved: str, tender: str) -> None:
    assert judge_pair(item, name, approved, name, tender).verdict.value == "指定品牌"


@pytest.mark.parametrize("text", ORDINARY)
def test_a_brands_characters_inside_ordinary_words_name_nobody(text: str) -> None:
    assert [signal.words for signal in find_signals(text)] == []


@pytest.mark.parametrize(
    "text",
    ["联想笔记本电脑", "用友ERP", "深信服防火墙", "日立空调", "采用双登电池", "中创新航电池", "北京数字认证股份产品"],
)
def test_the_brand_itself_is_still_found_beside_its_ordinary_words(text: str) -> None:
    assert find_signals(text)


def test_no_class_names_a_brand_twice() -> None:
    classes = load("brands")["brands"]
    added = [name for name in classes if name not in {"makers", "processors", "software", "innocent"}]
    assert [
        word for word, times in Counter(word for name in added for word in classes[name]).items() if times > 1
    ] == []
