"""Readers at their browsers, without the browsers: python -m tests.benchmarks.readers WAREHOUSE full|quick.

Each speaks Streamlit's own protocol over a websocket, opens the page of four charts, then chooses another step
every so often. What is timed is from the choice to the end of the page's script.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.benchmarks.served import Served, served

PAGE = "waiting"

CHOICE, NEW_CHOICE = 250, 300
"""Milliseconds within which 95 in 100 choices should be answered: those somebody made before, and those nobody did."""

RESTING = 5
"""Per cent of one core that a server takes with nobody there."""


@dataclass(frozen=True)
class Size:
    """How many readers at once, for how many seconds, and how many seconds each thinks between two choices.

    `new` is how many choices are made that nobody made before. All but the first wait until the server is `rested`.
    """

    users: tuple[int, ...]
    seconds: float
    thinking: float
    new: int
    rested: bool


FULL = Size((10, 25, 50), 45, 10, 60, rested=True)
QUICK = Size((2,), 3, 0.5, 2, rested=False)


@dataclass
class Reader:
    """One session. `took` has the seconds of every choice."""

    connection: ClientConnection
    chance: random.Random
    state: ClientState = field(default_factory=lambda: ClientState(page_name=PAGE))
    controls: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    charts: int = 0
    took: list[float] = field(default_factory=list)

    async def ask(self) -> float:
        """Seconds until the script has run to its end. Raises RuntimeError when it failed."""
        start, self.charts = time.perf_counter(), 0
        await self.connection.send(BackMsg(rerun_script=self.state).SerializeToString())
        while True:
            message = ForwardMsg.FromString(bytes(await self.connection.recv(decode=False)))
            self._learn(message)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError("The page's script failed.")
                return time.perf_counter() - start

    def _learn(self, message: ForwardMsg) -> None:
        if message.HasField("navigation"):
            self.state.page_script_hash = message.navigation.page_script_hash
        element = message.delta.new_element
        self.charts += element.HasField("plotly_chart")
        if element.HasField("selectbox") and element.selectbox.label == "Step":
            self.steps, self.controls["step"] = list(element.selectbox.options), element.selectbox.id
        if element.HasField("multiselect") and element.multiselect.label == "CCGs, arms or waves":
            self.places, self.controls["places"] = list(element.multiselect.options), element.multiselect.id

    def choose(self, step: str, places: Sequence[str] = ()) -> None:
        """Set the controls; nothing is asked yet."""
        chosen = [WidgetState(id=self.controls["step"], string_value=step)]
        if places:
            held = StringArray(data=places)
            chosen.append(WidgetState(id=self.controls["places"], string_array_value=held))
        self.state.widget_states.CopyFrom(WidgetStates(widgets=chosen))

    async def read(self, seconds: float, thinking: float) -> None:
        """Choose and look, again and again."""
        end = time.perf_counter() + seconds
        await asyncio.sleep(self.chance.uniform(0, thinking))
        while time.perf_counter() < end:
            self.choose(self.chance.choice(self.steps))
            self.took.append(await self.ask())
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * thinking)


async def opened(server: Served, number: int) -> Reader:
    """A reader who has the page before him."""
    connection = await connect(
        f"ws://{server.host}/_stcore/stream",
        origin=Origin(f"http://{server.host}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    )
    reader = Reader(connection, random.Random(number))
    await reader.ask()
    return reader


def rest(server: Served) -> None:
    """Wait until the server has nothing to do: it answers before it has warmed up all pages."""
    process = psutil.Process(server.process)
    while process.cpu_percent(10) > RESTING:  # warming up sleeps for seconds on end
        pass


async def alone(server: Served, choices: int) -> dict[str, float | str]:
    """One reader who does not wait."""
    reader = await opened(server, 0)
    for step in reader.steps:  # what others have looked at before is in memory
        reader.choose(step)
        await reader.ask()
    for _ in range(choices):
        reader.choose(reader.chance.choice(reader.steps))
        reader.took.append(await reader.ask())
    await reader.connection.close()
    return _row("1", [reader], server)


async def first_of_all(server: Served, areas: int, choices: int) -> dict[str, float | str]:
    """One reader who chooses a step and so many CCGs, arms or waves that nobody chose before."""
    reader = await opened(server, 0)
    never = [(step, places) for step in reader.steps for places in combinations(reader.places, areas)]
    for step, places in reader.chance.sample(never, min(choices, len(never))):
        reader.choose(step, places)
        reader.took.append(await reader.ask())
    await reader.connection.close()
    words = f"1, a step and {areas} {'area' if areas == 1 else 'areas'} that nobody chose before"
    return _row(words, [reader], server, NEW_CHOICE)


async def together(server: Served, users: int, size: Size) -> dict[str, float | str]:
    """So many readers at once, each thinking between choices."""
    readers = [await opened(server, number) for number in range(users)]
    await asyncio.gather(*(reader.read(size.seconds, size.thinking) for reader in readers))
    await asyncio.gather(*(reader.connection.close() for reader in readers))
    return _row(str(users), readers, server)


def _row(who: str, readers: Sequence[Reader], server: Served, aim: float = CHOICE) -> dict[str, float | str]:
    seconds = [took for reader in readers for took in reader.took]
    twentieths = statistics.quantiles(seconds, n=20, method="inclusive")
    spread = {"choices": len(seconds), "p50": twentieths[9], "p95": twentieths[18]}
    megabytes = psutil.Process(server.process).memory_info().rss / 1e6
    charts = max(reader.charts for reader in readers)
    return {"readers": who, "charts": charts, "megabytes": megabytes, "aim": aim, **spread}


async def _all(server: Served, size: Size) -> list[dict[str, float | str]]:
    warming_up = await alone(server, 60)
    if size.rested:
        rest(server)
    many = [await together(server, users, size) for users in size.users]
    new = [await first_of_all(server, areas, size.new) for areas in (1, 2)]
    return [{**warming_up, "readers": "1, while the server warms up"}, await alone(server, 60), *many, *new]


if __name__ == "__main__":
    with served(Path(sys.argv[1])) as server:
        print(json.dumps(asyncio.run(_all(server, QUICK if sys.argv[2] == "quick" else FULL))))
