"""Whether engine and records belong together: records are found by the engine's keys, so none may be given out twice.

An engine whose data were emptied, or restored from an older backup than the records, counts its keys from further
back. A new review would then find the steps of another one recorded under its own keys and take over their results.
The engine's next key must therefore be greater than every key the records know.
"""

import asyncio
import logging

import httpx

from records.database import Database
from workers.failures import describe, is_transient
from workers.rest import client_options, require_success
from workers.settings import Settings

logger = logging.getLogger(__name__)

KEY_BITS = 51
"""Below these bits of a Zeebe key stands its number, above them the partition that gave it."""

FENCE = {"name": "zhengjian.pairing", "correlationKey": "zhengjian.pairing", "timeToLive": 0}
"""A message nobody waits for and that lives no time: publishing it costs a key and leaves nothing."""

EVERY_SECONDS = 1.0


class ForeignEngineError(Exception):
    """The records are ahead of the engine; the text is Chinese and for whoever started the program."""


async def require_pair(settings: Settings, database: Database) -> None:
    """Wait for the engine, and return once it is known to be the one the records were written with.

    Raises:
        ForeignEngineError: it is not; nothing was changed.
    """
    async with httpx.AsyncClient(**client_options(settings, 30)) as client:
        while True:
            try:
                answer = await client.post("/messages/publication", json=FENCE)
                require_success(answer)
                break
            except Exception as error:
                if not is_transient(error):
                    raise
                logger.warning("the engine does not answer yet: %s", describe(error))
                await asyncio.sleep(EVERY_SECONDS)
    given = int(answer.json()["messageKey"])
    first = given >> KEY_BITS << KEY_BITS
    known = await asyncio.to_thread(database.newest_element_instance, first, first + (1 << KEY_BITS))
    if known is not None and known > given:
        raise ForeignEngineError(
            f"流程引擎和登记库不是一套：引擎现在给出的编号 {given}，比登记库里已有的 {known} 还小，"
            "多半是引擎的数据被清空，或恢复到了更早的备份。\n"
            "没有改动任何数据，作业程序没有开始工作。请恢复与登记库同一时刻的引擎数据，或为引擎和登记库一起换一个新的数据目录。"
        )
