"""`python -m dashboard`: open the dashboard on this machine and print its address."""

import os
from typing import Annotated

import typer
import uvicorn


def main(
    address: Annotated[str, typer.Option(help="127.0.0.1 is this machine alone; put a proxy in front of others.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    warehouse: Annotated[str | None, typer.Option(envvar="WAREHOUSE", help="Folder or object store address.")] = None,
) -> None:
    """Open the dashboard."""
    if warehouse:
        os.environ["WAREHOUSE"] = warehouse
    print(f"The dashboard is at http://{address}:{port} (stop it with Ctrl+C).", flush=True)
    uvicorn.run("dashboard.app:app", host=address, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    typer.run(main)
