"""The pages, one module a room; `ROUTERS` is what `gateway.main` serves."""

from gateway.pages import (
    dictionary,
    entrance,
    inbox,
    instances,
    operations,
    projects,
    review_export,
    review_task,
    reviews,
    starting,
    synonyms,
    tasks,
    uploads,
)

ROUTERS = [
    entrance.router,
    inbox.router,
    tasks.router,
    starting.router,
    uploads.router,
    instances.router,
    projects.router,
    reviews.router,
    review_export.router,
    review_task.router,
    operations.router,
    dictionary.router,
    synonyms.router,
]
