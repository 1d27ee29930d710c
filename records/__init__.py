"""What must be remembered: projects, documents, findings, deadlines, outbox and the audit trail."""
