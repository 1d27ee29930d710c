"""The registry's memory: tables, documents, findings, deadlines, outbox and audit trail, on SQLite or PostgreSQL."""
