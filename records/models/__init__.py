"""All tables of the records. Importing this package makes `Base.metadata` complete."""

from records.base import Base
from records.models.audit import AuditEvent, AuditHead
from records.models.changes import ParameterChange, ReviewKind
from records.models.deadlines import Deadline, DeadlinePause
from records.models.dictionary import (
    DictionaryVersion,
    SuggestionState,
    SynonymEntry,
    SynonymSighting,
    SynonymSuggestion,
)
from records.models.drafts import TaskDraft
from records.models.effects import OutboxEvent, OutboxState, StepRecord
from records.models.overrides import FindingOverride, RoundRules
from records.models.reasonableness import ContractPrice, ReasonablenessHint
from records.models.registry import Document, Organisation, Project
from records.models.reviews import (
    ENDED,
    Conclusion,
    ParameterFinding,
    ParameterReview,
    ReviewerOpinion,
    ReviewStage,
    ReviewState,
)
from records.models.sessions import WebSession
from records.models.tables import BaselineRow, BaselineTable, RowAlignment, Tender, TenderRow

__all__ = [
    "ENDED",
    "AuditEvent",
    "AuditHead",
    "Base",
    "BaselineRow",
    "BaselineTable",
    "Conclusion",
    "ContractPrice",
    "Deadline",
    "DeadlinePause",
    "DictionaryVersion",
    "Document",
    "FindingOverride",
    "Organisation",
    "OutboxEvent",
    "OutboxState",
    "ParameterChange",
    "ParameterFinding",
    "ParameterReview",
    "Project",
    "ReasonablenessHint",
    "ReviewKind",
    "ReviewStage",
    "ReviewState",
    "ReviewerOpinion",
    "RoundRules",
    "RowAlignment",
    "StepRecord",
    "SuggestionState",
    "SynonymEntry",
    "SynonymSighting",
    "SynonymSuggestion",
    "TaskDraft",
    "Tender",
    "TenderRow",
    "WebSession",
]
