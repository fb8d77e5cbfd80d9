"""Where an unforeseen error came from, without its text: the text may hold what a person typed."""

import traceback

_FRAMES = 6


def place_of(error: BaseException) -> list[str]:
    """Give the innermost frames as ``file:line function``."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
