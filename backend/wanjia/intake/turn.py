"""Whose turn it is to write ballots: one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine


class Turn:
    """Hands the turn on at once.

    SQLite's own writers sleep up to a tenth of a second between two looks at its lock; web processes that take
    turns by a file lock are woken the moment the other is done. The lock goes with a process that dies.
    PostgreSQL wakes its waiters itself.
    """

    def __init__(self, engine: Engine) -> None:
        path = engine.url.database if engine.dialect.name == "sqlite" else None
        self._path = f"{path}.turn" if path and path != ":memory:" else None
        self._file: tuple[int, int] | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wait for the turn among the processes of this machine; one thread of a process at a time."""
        if self._path is None:
            yield
            return
        handle = self._open(self._path)
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)

    def _open(self, path: str) -> int:
        # A lock belongs to the open file: after a fork the child needs one of its own.
        if self._file is None or self._file[0] != os.getpid():
            self._file = (os.getpid(), os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        return self._file[1]
