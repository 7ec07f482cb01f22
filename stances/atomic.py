"""Writing all or nothing: either every file is whole and new, or nothing has changed."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or nothing.

    Each is staged beside its target and moved over it once all are staged; a failure while
    moving puts the old contents back.

    Raises
    ------
    OSError
        If a file cannot be written; the old files are whole then.
    """
    staged: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            staged[target.resolve()] = _stage(target.resolve(), content)
        _move(staged)
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(target: Path, content: bytes) -> Path:
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {target.parent}")
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder")
    if target.exists() and not target.is_file():  # reading a device for its old contents may never end
        raise OSError(f"{target} is no regular file")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(f"{target} is read-only")
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(target))
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _move(staged: Mapping[Path, Path]) -> None:
    before = {target: target.read_bytes() if target.exists() else None for target in staged}
    moved: list[Path] = []
    try:
        for target, temporary in staged.items():
            temporary.replace(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            _put_back(target, before[target])
        raise


def _put_back(target: Path, content: bytes | None) -> None:
    if content is None:
        target.unlink(missing_ok=True)
    else:
        _stage(target, content).replace(target)
