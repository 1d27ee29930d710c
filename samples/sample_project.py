"""One project's rows: as approved, and as the tender puts them after its changes."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of a table; `price` is yuan a unit."""

    subsystem: str
    name: str
    unit: str
    quantity: int
    price: Decimal
    parameters: tuple[str, ...]
    package: str = ""


def approved_rows(source: dict[str, Any]) -> list[Row]:
    """The rows as approved, prices in yuan."""
    rows = []
    package = next(iter(source["project"]["packages"]))
    second = source["project"].get("second_package_from")
    for subsystem in source["subsystem"]:
        if subsystem["name"] == second:
            package = list(source["project"]["packages"])[1]
        for item in subsystem["items"]:
            rows.append(
                Row(
                    subsystem["name"], item["name"], item["unit"], item["quantity"], Decimal(item["price"]) * 10_000,
                    tuple(item["parameters"]), subsystem.get("package", package),
                )
            )
    return rows


def tender_rows(source: dict[str, Any], changes: list[dict[str, Any]], extra: list[dict[str, Any]]) -> list[Row]:
    """The rows as the tender has them: the same requirements in the agency's words, then the changes."""
    rows = []
    for row in approved_rows(source):
        mine = [change for change in changes if change["item"] == row.name]
        if any(change.get("remove") for change in mine):
            continue
        changed = _changed(replace(row, parameters=_reworded(row, mine)), mine)
        split = next((change["split"] for change in mine if "split" in change), None)
        rows.extend(
            replace(changed, package=package, quantity=quantity)
            for package, quantity in (split or [(changed.package, changed.quantity)])
        )
        rows.extend(_extra(one, row.package) for one in extra if one["after"] == row.name)
    order = list(source["project"]["packages"])
    return sorted(rows, key=lambda row: order.index(row.package))


def _reworded(row: Row, changes: list[dict[str, Any]]) -> tuple[str, ...]:
    touched = {change.get("parameter") for change in changes}
    worded = []
    for position, text in enumerate(row.parameters):
        name, _, value = text.lstrip("★▲").partition("：")
        if name not in touched and position % 3 == 1 and value.startswith("≥"):
            text = text.replace("≥", "不低于", 1)
        elif name not in touched and position % 3 == 1 and value.startswith("≤") and "±" not in value:
            text = text.replace("≤", "不超过", 1)
        worded.append(text)
    return tuple(worded)


def _changed(row: Row, changes: list[dict[str, Any]]) -> Row:
    for change in changes:
        parameters = list(row.parameters)
        if "parameter" in change:
            position = next(i for i, text in enumerate(parameters) if _name(text) == change["parameter"])
            parameters[position] = change["text"]
        if "drop" in change:
            parameters = [text for text in parameters if _name(text) != change["drop"]]
        if "add" in change:
            parameters.append(change["add"])
        row = replace(
            row, parameters=tuple(parameters), name=change.get("rename", row.name),
            quantity=change.get("quantity", row.quantity), price=Decimal(change.get("price", row.price)),
        )
    return row


def _extra(one: dict[str, Any], package: str) -> Row:
    return Row(
        one["subsystem"], one["name"], one["unit"], one["quantity"], Decimal(one["price"]), tuple(one["parameters"]), package
    )


def _name(text: str) -> str:
    return text.lstrip("★▲").partition("：")[0]
