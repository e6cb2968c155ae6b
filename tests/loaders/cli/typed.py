"""What somebody types, and what they see."""

from pathlib import Path

from typer.testing import CliRunner, Result

from loaders import __main__ as cli


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def run(*words: object) -> Result:
    """What a command prints and its exit code; an exception that it does not explain fails."""
    result = CliRunner().invoke(cli.app, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
