"""Write the sample documents: approved tables, tenders with known deviations, a clean tender, a correction notice
and a refused file.

    python samples/make.py            # writes beside this file; the bytes are the same on every run

Every project is one file in `source/`: what was approved, and what the tender changed with the verdict a reviewer
would give. All units, people, codes and numbers are invented.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from sample_notice import correction_notice  # noqa: E402
from sample_project import approved_rows, tender_rows  # noqa: E402
from sample_text import tender_document  # noqa: E402
from sample_workbook import approved_workbook, scoring_workbook, tender_workbook  # noqa: E402


def documents(source: dict[str, Any]) -> dict[str, bytes]:
    """Build every file of one project."""
    project, approved = source["project"], approved_rows(source)
    files = {"approved.xlsx": approved_workbook(project, approved)}
    if project["tender_form"] == "text":
        files["tender.docx"] = tender_document(source, tender_rows(source, source["change"], source.get("extra", [])))
        rest = [change for change in source["change"] if not change.get("fixed", False)]
        files["tender_revised.docx"] = tender_document(source, tender_rows(source, rest, []))
    else:
        files["tender.xlsx"] = tender_workbook(project, tender_rows(source, source["change"], source.get("extra", [])))
        files["tender_clean.xlsx"] = tender_workbook(project, tender_rows(source, [], []))
    if source.get("correction"):
        files["correction_notice.docx"] = correction_notice(source)
    about = {name: value for name, value in project.items() if isinstance(value, str) and name != "tender_form"}
    files["project.json"] = (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()
    return files


def main() -> None:
    """Write all projects and the refused file."""
    for path in sorted((HERE / "source").glob("*.toml")):
        folder = HERE / path.stem
        folder.mkdir(exist_ok=True)
        for name, content in documents(tomllib.loads(path.read_text("utf-8"))).items():
            (folder / name).write_bytes(content)
    refused = HERE / "refused"
    refused.mkdir(exist_ok=True)
    (refused / "scoring_only.xlsx").write_bytes(scoring_workbook())


if __name__ == "__main__":
    main()
