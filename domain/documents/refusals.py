"""Why a document is refused: one exception, a stable code, and a sentence the sender can act on.

Every message says what is wrong, where, that nothing was kept, and what to do.
"""

from typing import Self

_KEPT = "文件未被保存，原有材料不受影响。"

_REASONS = {
    "empty_file": ("文件是空的（0 字节）。", "请确认文件能在本机打开后重新上传。"),
    "file_too_large": ("文件过大，超出上限 {limit}。", "请删去图片等无关内容，或分成几个文件后重新上传。"),
    "wrong_type": (
        "文件内容是{found}，不是可识别的表格或文档（按内容判断，与扩展名无关）。",
        "请用 Excel 或 Word（WPS 亦可）另存为 .xlsx 或 .docx 后重新上传。",
    ),
    "legacy_format": (
        "文件是 {found} 格式，要先转换才能读取，而本系统没有可用的转换程序（LibreOffice）。",
        "请用 Office 或 WPS 打开，另存为 .xlsx 或 .docx 后重新上传。",
    ),
    "conversion_failed": (
        "文件是 {found} 格式，转换程序（LibreOffice）没能打开它。",
        "请用 Office 或 WPS 打开检查，另存为 .xlsx 或 .docx 后重新上传。",
    ),
    "conversion_timeout": (
        "文件是 {found} 格式，转换超过了 {limit} 秒，已停止。",
        "请用 Office 或 WPS 打开，另存为 .xlsx 或 .docx 后重新上传。",
    ),
    "reading_too_costly": (
        "文件结构过于复杂，读取超出了时间或内存的上限，已停止。",
        "请用 Office 或 WPS 重新另存为 .xlsx 或 .docx，或分成几个文件后重新上传。",
    ),
    "mixed_encoding": (
        "文本文件的文字编码无法识别，或同一文件里混有不同编码。",
        "请用 Excel 或记事本打开，另存为“CSV UTF-8”或 .xlsx 后重新上传。",
    ),
    "nul_bytes": (
        "文本文件里有不可显示的空字符，可能不是文本，或是没有标明的 UTF-16 编码。",
        "请用 Excel 打开，另存为“CSV UTF-8”或 .xlsx 后重新上传。",
    ),
    "unclosed_quote": (
        "文本表格里有一个引号没有配对，后面的内容无法分列。",
        "请改正这个引号，或用 Excel 打开后另存为 .xlsx 重新上传。",
    ),
    "scanned_pdf": (
        "PDF 是扫描件或图片，没有可读取的文字。",
        "请从原来的 Word 或 Excel 文件导出，或直接上传 .docx、.xlsx；只有纸质件的，请先识别成文字、逐字校对后再上传。",
    ),
    "garbled_pdf": (
        "PDF 的文字没有可用的编码，读出来是乱码。",
        "请从原来的 Word 或 Excel 文件重新导出，或直接上传 .docx、.xlsx。",
    ),
    "pdf_without_lines": (
        "PDF 里的表没有表格线，不能可靠地分清各列。",
        "请直接上传原来的 .docx 或 .xlsx，或给表格加上边框后重新导出。",
    ),
    "too_many_pages": ("PDF 页数超出上限 {limit} 页。", "请只保留采购需求和参数部分，或分成几个文件后重新上传。"),
    "page_too_complex": (
        "PDF 某一页的文字或线条过多，超出上限 {limit}。",
        "请从原来的 Word 或 Excel 文件重新导出，或直接上传 .docx、.xlsx。",
    ),
    "password_protected": ("文件设有打开密码，无法读取。", "请取消密码保护（文件—信息—保护文档）后重新上传。"),
    "encrypted_entry": ("压缩包内有加密部分，无法读取。", "请用 Office 或 WPS 重新另存一份未加密的文件后上传。"),
    "damaged": ("文件不完整或已损坏。", "请在本机打开检查，重新另存后再上传。"),
    "too_many_entries": ("文件内部的部件过多，超出上限 {limit} 个。", "请用 Office 或 WPS 重新另存后再上传。"),
    "zip_bomb": ("文件解开后的体积异常（压缩炸弹特征）。", "请核实文件来源，用 Office 或 WPS 重新另存后再上传。"),
    "overlapping_entries": ("文件内部结构异常：部件相互重叠或重复。", "请核实文件来源，重新另存后再上传。"),
    "unsafe_entry_name": ("文件内部含越界的路径名。", "请核实文件来源，重新另存后再上传。"),
    "external_entity": (
        "文件内含文档类型声明或外部实体（DTD），存在安全风险。",
        "请核实文件来源，用 Office 或 WPS 重新另存后再上传。",
    ),
    "too_many_rows": ("表格行数超出上限 {limit} 行。", "请删去表格末尾的空白行或分表后重新上传。"),
    "too_many_columns": ("表格列数超出上限 {limit} 列。", "请删去多余的列后重新上传。"),
    "too_many_cells": ("单元格数量超出上限 {limit} 个。", "请删去无关的工作表或区域后重新上传。"),
    "too_many_merged": ("合并单元格的数量或面积超出上限。", "请取消大面积合并后重新上传。"),
    "too_many_sheets": ("工作表数量超出上限 {limit} 个。", "请删去无关的工作表后重新上传。"),
    "too_many_items": ("清单条目超出上限 {limit} 条。", "请分成几个文件后重新上传。"),
    "too_deep": ("文件内部嵌套层数异常。", "请用 Office 或 WPS 重新另存后再上传。"),
    "too_much_markup": ("文件内部标记数量异常，超出上限 {limit} 个。", "请用 Office 或 WPS 重新另存后再上传。"),
    "too_much_text": ("文件文字总量超出上限 {limit} 字。", "请只保留清单和参数部分，或分成几个文件后重新上传。"),
    "cell_too_long": ("单元格文字超出上限 {limit} 字。", "请把长篇说明移到正文后重新上传。"),
    "no_header": (
        "没有找到可识别的清单：没有表头（至少应有“设备名称/标的名称”和“技术参数”或“数量”列），正文里也没有写明数量和参数的设备。",
        "请对照模板补全表头；没有表格的，以设备名称为标题写明数量和参数。然后重新上传。",
    ),
    "empty_table": ("表头下面没有任何条目。", "请确认上传的是填好的清单后重新上传。"),
    "secrecy_marking": (
        "文件带有国家秘密标志，不得在本系统处理。",
        "请立即联系本单位保密工作机构，按涉密渠道办理；本系统不保存该文件的任何内容。",
    ),
}


class DocumentRefused(Exception):  # noqa: N818  (a refusal is an outcome of the process, not a failure of the program)
    """A document cannot be taken in.

    Attributes:
        code: stable name of the reason, one of `codes()`.
        message: Chinese sentence for the sender; holds no content of the document.
        place: where in the document (`设备清单!D7`, `word/document.xml`), or "".
    """

    def __init__(self, code: str, place: str = "", **facts: object) -> None:
        what, remedy = _REASONS[code]
        where = f"位置：{place}。" if place else ""
        self.code = code
        self.place = place
        self.message = f"{what.format(**facts)}{where}{_KEPT}{remedy}"
        super().__init__(self.message)

    @classmethod
    def as_told(cls, code: str, place: str, message: str) -> Self:
        """Repeat a refusal that another process pronounced."""
        refused = cls.__new__(cls)
        refused.code, refused.place, refused.message = code, place, message
        Exception.__init__(refused, message)
        return refused


def codes() -> tuple[str, ...]:
    """Name every reason a document can be refused for."""
    return tuple(_REASONS)
