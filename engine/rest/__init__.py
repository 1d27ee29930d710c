"""Camunda's REST API v2 on the embedded engine: one way in for every request (`app`), one module a kind of command."""
