"""A Python of its own for a library that is measured beside ours and is no part of the product."""

import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def own_python(folder: Path, ours: Sequence[str], *asked: str) -> Path:
    """A Python in this folder with some packages in our versions, and then with what is asked of pip.

    Raises CalledProcessError, with pip's words in `stderr`, where the registry cannot be reached.
    """
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1"]
    pinned = [f"{name}=={version(name)}" for name in ours]
    for command in ([sys.executable, "-m", "venv", str(folder)], [*pip, *pinned], [*pip, *asked]):
        subprocess.run(command, capture_output=True, text=True, check=True)
    return python
