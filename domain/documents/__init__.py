"""Documents in, parameter tables out: bytes and a file name become rows with their places, or a refusal.

>>> table = read_document(content, "设备清单.xlsx")        # doctest: +SKIP
>>> table.items[0].parameters[0].place                     # doctest: +SKIP
'设备清单!D5第1条'
"""

from domain.documents.limits import Limits
from domain.documents.reader import read_document
from domain.documents.refusals import DocumentRefused
from domain.documents.table import Clause, Item, Money, Notice, Parameter, ParameterTable, Quantity, Subtotal

__all__ = [
    "Clause",
    "DocumentRefused",
    "Item",
    "Limits",
    "Money",
    "Notice",
    "Parameter",
    "ParameterTable",
    "Quantity",
    "Subtotal",
    "read_document",
]
