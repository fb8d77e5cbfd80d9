"""Start a chain for a developer: anvil under the rules the contracts are compiled for, in the foreground.

Options after `--` go to anvil as they are; `--port` and `--state` are the ones used most.
"""

from __future__ import annotations

import os
import sys

from chain_process import anvil_binary


def main(argv: list[str] | None = None) -> None:
    """Becomes anvil, so that stopping this process stops the chain."""
    options = [one for one in (sys.argv[1:] if argv is None else argv) if one != "--"]
    binary = str(anvil_binary())
    os.execv(binary, [binary, "--hardfork", "paris", *options])  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main()
