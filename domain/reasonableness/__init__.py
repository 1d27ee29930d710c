"""技术参数合理性审查, the other half of Article 18: hints about prices, configuration, duplication, cloud and reuse.

`check_documents` needs nothing but the two documents; `check_contract_prices`, `check_duplicates` and `check_split`
compare with what the registry knows.
"""

from collections.abc import Iterable

from domain.documents.table import ParameterTable
from domain.parameters.rules import Rules
from domain.parameters.verdicts import Finding
from domain.reasonableness.contracts import EarlierPrice, check_contract_prices, priced_items
from domain.reasonableness.criteria import Criteria, Figure, from_config, shipped
from domain.reasonableness.demand import check_demand
from domain.reasonableness.duplicates import (
    EarlierItem,
    OtherProject,
    Purchase,
    check_duplicates,
    check_repeated,
    check_split,
)
from domain.reasonableness.hints import Hint, Topic, identify
from domain.reasonableness.prices import check_unit_prices
from domain.reasonableness.sharing import check_sharing
from domain.reasonableness.sizing import check_sizing
from domain.reasonableness.supply import check_supply

__all__ = [
    "Criteria",
    "EarlierItem",
    "EarlierPrice",
    "Figure",
    "Hint",
    "OtherProject",
    "Purchase",
    "Topic",
    "check_contract_prices",
    "check_documents",
    "check_duplicates",
    "check_split",
    "from_config",
    "identify",
    "priced_items",
    "shipped",
]


def check_documents(
    approved: ParameterTable, tender: ParameterTable, findings: Iterable[Finding], criteria: Criteria, rules: Rules
) -> tuple[Hint, ...]:
    """Return the hints that two documents give by themselves, identified; `findings` are the consistency review's."""
    return identify(
        (
            *check_unit_prices(approved, tender, findings, criteria),
            *check_sizing(tender, criteria, rules),
            *check_demand(approved, tender, criteria),
            *check_supply(tender, criteria),
            *check_sharing(tender),
            *check_repeated(tender),
        )
    )
