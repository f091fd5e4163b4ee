"""Files for other programs, written whole or not at all."""

from pathlib import Path

from bot.domain.errors import PermanentSourceError

ENCODING = "utf-8-sig"  # with its mark Excel reads the accents; CRMs take UTF-8 with or without


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole; raise PermanentSourceError where it cannot be written."""
    write_bytes(path, text.encode(ENCODING))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole; raise PermanentSourceError where it cannot be written."""
    half = path.with_name(path.name + ".part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise PermanentSourceError(
            f"{path.name} cannot be written: {error.strerror}.", code="not_written"
        ) from error
