"""An equal figure of another thing: a telling word of a name that took the place of another is never waved through."""

import pytest

from domain.parameters import Verdict, review
from domain.parameters.naming import names_agree
from domain.parameters.rules import shipped
from tests.domain.builders import item, table

REPLACED = [
    ("人脸识别准确率：≥99%", "车牌识别准确率：≥99%"),
    ("白天识别率：≥99%", "夜间识别率：≥99%"),
    ("页面响应时间：≤3秒", "接口响应时间：≤3秒"),
    ("查询响应时间：≤3秒", "提交响应时间：≤3秒"),
    ("故障响应：≤2小时", "投诉响应时间：≤2小时"),
    ("冷启动时间：≤60秒", "热启动时间：≤60秒"),
    ("整机功率：≤300W", "待机功率：≤300W"),
    ("入侵防御吞吐：≥10Gbps", "网络吞吐：≥10Gbps"),
    ("防病毒吞吐量：≥10Gbps", "防火墙吞吐量：≥10Gbps"),
    ("静态随机读性能：≥100000IOPS", "缓存随机读指标：≥100000IOPS"),
    ("本地存储时间：≥30天", "云端存储时间：≥30天"),
    ("视频保存时间：≥30天", "日志保存时间：≥30天"),
    ("工作站内存：≥16GB", "服务器内存：≥16GB"),
    ("数据库备份周期：1天", "文件备份周期：1天"),
    ("注册用户数：≥1000", "在线用户数：≥1000"),
    ("上行速率：≥100Mbps", "接入速率：≥100Mbps"),
    ("系统盘容量：≥480GB", "数据盘容量：≥480GB"),
]


@pytest.mark.parametrize(("approved", "tender"), REPLACED)
def test_the_same_figure_of_another_thing_is_never_called_consistent(approved: str, tender: str) -> None:
    for one, other in ((approved, tender), (tender, approved)):
        mine = table(item(parameters=("CPU核数：≥16核", one)))
        theirs = table(item(parameters=("CPU核数：≥16核", other)), file_name="招标.docx")
        told = [found for found in review(mine, theirs).findings if one in found.approved or other in found.tender]
        assert told
        assert Verdict.SAME not in {found.verdict for found in told}


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("屏幕尺寸", "屏幕大小"),
        ("业务槽位", "业务插槽数"),
        ("控温精度", "温度控制精度"),
        ("电池后备时间", "电池后备时长"),
        ("处理性能", "日志处理能力"),
        ("备份速度", "备份速率"),
    ],
)
def test_other_words_for_the_same_thing_agree(approved: str, tender: str) -> None:
    assert names_agree(approved, tender, shipped(), paired=False)
