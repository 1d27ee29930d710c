"""The read model: what the engine did, in SQLite, searched by the REST API.

    model = ReadModel.open(path)
    exporter = Exporter(engine, model).start()
    model.catch_up(engine.committed_position(), 1.0)
    page = search(model, USER_TASK, Query.of(body), viewer.sees())

`fields` is the language in which `entities` describe tables and API alike, `projection` and `exporter` fill the tables,
`translate`, `paging` and `search` ask them.
"""

from engine.readmodel.exporter import Exporter
from engine.readmodel.model import ReadModel, ReadModelStoppedError
from engine.readmodel.search import Page, Query, ask, find, search
from engine.readmodel.viewer import Viewer

__all__ = ["Exporter", "Page", "Query", "ReadModel", "ReadModelStoppedError", "Viewer", "ask", "find", "search"]
