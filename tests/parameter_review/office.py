"""A parameter review as its people carry it through the real engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from records.models import ParameterReview
from tests.office import Case, Office


class ReviewOffice(Office):
    """The office, with the start form's variables, given what uploads a file."""

    def __init__(self, server: Any, data: Path, variables: Callable[..., dict[str, Any]]) -> None:
        super().__init__(server, data, "parameter_review")
        self.variables = variables


class ReviewCase(Case):
    """One review under way."""

    def __init__(self, office: ReviewOffice, tender: Any, approved: Any = None, request: Any = None) -> None:
        files = {"tender_document": tender, "approved_document": approved}
        uploads = {name: office.upload(content) for name, content in files.items() if content}
        super().__init__(office, request if request is not None else office.variables(office.upload) | uploads)

    def explain(self, text: str = "业务增长") -> None:
        lines = self.sees("wang_fang", "explain_deviations", "deviations")
        self.do(
            "wang_fang", "explain_deviations", deviations=[{"no": each["no"], "explanation": text} for each in lines]
        )

    def review(self, disposition: str, reviewer: str = "li_qiang") -> None:
        lines = self.sees(reviewer, "review_parameters", "deviations")
        # A form sends its rows whole, with everything it shows.
        decided = [{**each, "disposition": disposition, "disposition_note": "见批复"} for each in lines]
        answers = dict.fromkeys(("supply", "specification", "price", "reuse"), "reasonable")
        self.do(reviewer, "review_parameters", deviations=decided, reasonableness=answers, requirements="")

    def confirm(self, confirmation: str = "confirmed", confirmer: str = "zhao_min") -> None:
        self.do(confirmer, "confirm_review", confirmation=confirmation, confirmation_comment="")

    def recorded(self) -> ParameterReview:
        database = self.office.database()
        with database.reading() as session:
            found = session.query(ParameterReview).filter_by(process_instance_key=int(self.key)).one()
        database.close()
        return found
