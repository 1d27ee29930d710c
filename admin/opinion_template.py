"""Writes the first version of the opinion's template; from then on people edit it in Word.

`python -m admin.opinion_template` puts it to `bpmn/parameter_review/render_opinion.docx`. Its marks are docxtpl's:
`{{ … }}` for a value of `domain.reports.opinion_words`, `{%tr … %}` for a table row and `{%p … %}` for a paragraph that
is repeated. `zhengjian lint` tells when a template asks for what nobody gives.

It is set as GB/T 9704 sets an official document; the whole comparison is an annex on pages turned on their side.
"""

from pathlib import Path

from docx.shared import Pt

from admin.lint import REPOSITORY
from admin.official_document import CENTRE, HEI, LEFT, LINE, RIGHT, SIZE_2, SIZE_3, TITLE, OfficialDocument

TARGET = REPOSITORY / "bpmn" / "parameter_review" / "render_opinion.docx"

FACTS = [
    ("项目名称", "{{ project }}"),
    ("项目代码", "{{ project_code }}"),
    ("批复文号与日期", "{{ approval }}"),
    ("采购包", "{{ package }}（第 {{ round }} 轮）"),
    (
        "送审文件版本\n（SHA-256）",
        "{%p for file in files %}\n{{ file.side }}：{{ file.name }}\n{{ file.sha256 }}\n{%p endfor %}",
    ),
]
DEVIATIONS = [
    ("序号", 1.2, "{{ loop.index }}"),
    ("设备", 2.5, "{{ row.named }}\n（明细第 {{ row.no }} 项）"),
    ("批复参数", 2.7, "{{ row.approved_at }}"),
    ("招标参数", 2.7, "{{ row.tender_at }}"),
    ("结论", 1.3, "{{ row.verdict }}"),
    ("理由", 2.8, "{{ row.reason }}{% if row.cited %}（{{ row.cited }}）{% endif %}"),
    ("处理要求", 2.4, "{{ row.disposition }}{% if row.note %}：{{ row.note }}{% endif %}"),
]
AMOUNTS = [
    ("序号", 1.2, "{{ loop.index }}"),
    ("概算分项", 3.8, "{{ row.what }}\n（明细第 {{ row.no }} 项）"),
    ("批复概算", 2.9, "{{ row.approved }}"),
    ("采购预算", 2.9, "{{ row.tender }}"),
    ("结论", 4.8, "{{ row.verdict }}：{{ row.reason }}"),
]
DETAILS = [
    ("序号", 1.3, "{{ row.no }}"),
    ("设备与参数", 4.0, "{{ row.what }}"),
    ("批复内容", 4.6, "{{ row.approved }}"),
    ("招标内容", 4.6, "{{ row.tender }}"),
    ("结论与理由", 5.0, "{{ row.verdict }}：{{ row.reason }}"),
    ("单位说明", 2.3, "{{ row.explanation }}"),
    ("位置", 3.3, "{{ row.refs }}"),
]
BASIS = (
    "你单位报送的《{{ project }}》采购包“{{ package }}”招标文件技术参数送审材料收悉。"
    "依据《沈阳市电子政务工程建设项目管理试行办法》第十八条、第十九条，以批复文号{{ approval }}核定的参数和概算为基准，"
    "对招标文件的技术参数、计划金额与审批后方案的一致性和合理性进行了第 {{ round }} 轮审查。{{ rules }}"
)


def write_template(target: Path) -> None:
    """Write the template to `target`."""
    document = OfficialDocument()
    document.line("{{ project }}", size=SIZE_2, font=TITLE, align=CENTRE)
    document.line("{{ title }}", size=SIZE_2, font=TITLE, align=CENTRE)
    document.line("{{ number }}", align=CENTRE).paragraph_format.space_after = LINE
    document.facts(FACTS, (3.6, 12.0))
    document.line("{{ unit }}：", align=LEFT).paragraph_format.space_before = Pt(14)
    document.heading("一、审查依据")
    document.line(BASIS)
    _if_any(document, "change")
    document.heading("二、总体结论")
    document.line("{{ conclusion }}。", font=HEI)
    document.line("{{ counted }}{{ consequence }}")
    _deviations(document)
    _amounts(document)
    _reasonableness(document)
    _requirements(document)
    _signatures(document)
    document.turn()
    document.line("附件", font=HEI, align=LEFT).paragraph_format.keep_with_next = True
    _table_title(document, "比对明细")
    document.rows(("details", "row"), DETAILS, empty="没有可核对的条目。")
    _if_any(document, "details_note")
    document.save(target)


def _deviations(document: OfficialDocument) -> None:
    document.heading("三、逐项偏差")
    document.rows(("deviations", "row"), DEVIATIONS, empty="没有偏差。")
    _if_any(document, "deviations_note")
    document.line("{%p for row in overruled %}")
    document.line("改判：明细第 {{ row.no }} 项（{{ row.what }}），{{ row.verdict }}。{{ row.reason }}。")
    document.line("{%p endfor %}")


def _amounts(document: OfficialDocument) -> None:
    document.heading("四、金额核对")
    document.line("批复分项合计 {{ totals.approved }}，招标分项合计 {{ totals.tender }}，{{ totals.difference }}。")
    document.line("{{ amounts_note }}")
    document.line("{%p if amounts %}")
    document.rows(("amounts", "row"), AMOUNTS, empty="")
    document.line("{%p endif %}")


def _reasonableness(document: OfficialDocument) -> None:
    document.heading("五、合理性意见")
    document.line("{% for row in reasonableness %}{{ row.question }}：{{ row.answer }}。{% endfor %}")
    document.line("意见：{{ reasonableness_opinion }}")
    document.line("{%p for hint in hints %}")
    document.line("{{ loop.index }}．{{ hint.topic }}，{{ hint.item }}：{{ hint.reason }}。要求：{{ hint.note }}。")
    document.line("{%p endfor %}")
    document.heading("六、排他性提示")
    document.line("{%p for row in exclusive %}")
    document.line(
        "明细第 {{ row.no }} 项（{{ row.what }}）：{{ row.reason }}"
        "{% if row.cited %}；依据{{ row.cited }}{% endif %}。处理：{{ row.disposition }}。"
    )
    document.line("{%p else %}")
    document.line("系统筛查未发现指向特定品牌或供应商的表述；筛查以词典为限，须由审查人员复核原文。")
    document.line("{%p endfor %}")


def _requirements(document: OfficialDocument) -> None:
    document.heading("七、处理要求与期限")
    document.line("{%p for row in required %}")
    document.line("明细第 {{ row.no }} 项（{{ row.what }}）：{{ row.disposition }}，{{ row.note }}。")
    document.line("{%p endfor %}")
    document.line("{{ requirements }}")
    document.line("{{ deadline }}")
    document.heading("八、复审说明")
    document.line(
        "复审只审改动的内容和合计金额；本轮沿用上轮处理意见 {{ carried }} 项。公告文件须与本次审查的文件一致。"
    )


def _signatures(document: OfficialDocument) -> None:
    """Name the annex, both reviewers and who issues, then leave room for seal and date on the right: on one page."""
    named = document.line("附件：比对明细").paragraph_format
    named.space_before, named.space_after, named.keep_with_next = LINE, LINE, True
    for text in (
        "审查人：{{ reviewer.name }}（{{ reviewer.day }}）",
        "复核人：{{ confirmer.name }}（{{ confirmer.day }}）",
        "签　发：",
    ):
        document.line(text).paragraph_format.keep_with_next = True
    for text in ("市大数据局（印章）", "{{ day }}"):
        paragraph = document.line(text, align=RIGHT)
        paragraph.paragraph_format.right_indent = Pt(SIZE_3 * 4)
        paragraph.paragraph_format.keep_with_next = True
        if text.startswith("市"):
            paragraph.paragraph_format.space_before = LINE


def _if_any(document: OfficialDocument, word: str) -> None:
    document.line(f"{{%p if {word} %}}")
    document.line(f"{{{{ {word} }}}}")
    document.line("{%p endif %}")


def _table_title(document: OfficialDocument, title: str) -> None:
    heading = document.line(title, size=SIZE_3, font=TITLE, align=CENTRE)
    heading.paragraph_format.space_after, heading.paragraph_format.keep_with_next = Pt(6), True


if __name__ == "__main__":
    write_template(TARGET)
