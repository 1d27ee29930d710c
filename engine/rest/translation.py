"""Turning any exception into the problem that the caller is told."""

from engine.rest.problems import ProblemError, deadline_exceeded


def as_problem(error: Exception) -> ProblemError:
    """Return the problem for an exception; what nobody foresaw is a 500 that gives nothing of the inside away."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, TimeoutError):
        return deadline_exceeded()
    return ProblemError(500, "INTERNAL_ERROR", "Unexpected error occurred during the request processing")
