"""Writing all or nothing: either every file is whole and new, or nothing has changed."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or nothing.

    Each is staged beside its target and moved over it once all are staged; a failure while
    moving puts the old contents back. That holds for Ctrl-C at any moment as well, so what is to be
    undone is noted before it is done.

    Raises
    ------
    OSError
        If a file cannot be written; it names the target, and the old files are whole then. Where one of
        them cannot be put back, a note of the error says so.
    """
    targets = {target.resolve(): content for target, content in contents.items()}
    staged = {target: _beside(target) for target in targets}
    try:
        for target, content in targets.items():
            _stage(target, staged[target], content)
        _move(staged)
    finally:
        _each(staged.values(), _remove)


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or nothing; it is made if need be, and does not stay if that fails.

    Raises
    ------
    OSError
        As for `write_files`, or if the folder cannot be made.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        if missing:
            folder.mkdir(parents=True, exist_ok=True)
        write_files({folder / name: content for name, content in contents.items()})
    except BaseException:
        _each(missing, _remove_folder)
        raise


def _each(paths: Iterable[Path], act: Callable[[Path], None]) -> None:
    """Act on each path to the last; Ctrl-C in between comes through afterwards."""
    left = list(paths)
    try:
        while left:
            act(left[0])
            del left[0]
    except KeyboardInterrupt:
        _each(left, act)
        raise


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):  # another may have put something there
        folder.rmdir()


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:40]}.{secrets.token_hex(8)}.part")


def _stage(target: Path, temporary: Path, content: bytes) -> None:
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {target.parent}")
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder")
    if target.exists() and not target.is_file():  # reading a device for its old contents may never end
        raise OSError(f"{target} is no regular file")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(f"{target} is read-only")
    with _named(target), open(temporary, "xb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        temporary.chmod(_mode(target))


@contextmanager
def _named(target: Path) -> Iterator[None]:
    """Let an error name the target, rather than its temporary or nothing."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # until it has the mode of its target


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _move(staged: Mapping[Path, Path]) -> None:
    before = {target: target.read_bytes() if target.exists() else None for target in staged}
    begun: list[Path] = []
    try:
        for target, temporary in staged.items():
            begun.append(target)
            with _named(target):
                temporary.replace(target)
    except BaseException as first:
        _each(begun, partial(_put_back, before=before, first=first))
        raise


def _put_back(target: Path, before: Mapping[Path, bytes | None], first: BaseException) -> None:
    """Make a file what it was, and note with the error that is told if that fails too."""
    content = before[target]
    try:
        if content is None:
            target.unlink(missing_ok=True)
        elif not target.exists() or target.read_bytes() != content:
            _restore(target, content)
    except OSError as second:
        first.add_note(f"{target} could not be put back: {second}")


def _restore(target: Path, content: bytes) -> None:
    temporary = _beside(target)
    try:
        _stage(target, temporary, content)
    except BaseException:
        _remove(temporary)
        raise
    temporary.replace(target)  # if not, the temporary stays: it alone has the old contents
