"""Camunda 8 in one process: the Zeebe engine with a durable log, its REST API v2 and its identity."""
