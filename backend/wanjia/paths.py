"""Where the parts of a checkout are. Everything is relative to the checkout's top folder."""

import os
import platform
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
CONTRACTS_BUILD = TOP / "contracts" / "build"
FRONTEND_DIST = TOP / "frontend" / "dist"
MIGRATIONS = TOP / "migrations"


def anvil_binary() -> Path:
    """Path of the anvil program: ``WANJIA_ANVIL``, or the one npm installed.

    The binary itself and not npm's wrapper script, so that its process id is the one to stop.
    Raises ``FileNotFoundError`` saying what to run.
    """
    if given := os.environ.get("WANJIA_ANVIL"):
        return Path(given)
    system = {"Linux": "linux", "Darwin": "darwin"}.get(platform.system(), "linux")
    machine = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "amd64")
    path = TOP / "node_modules" / "@foundry-rs" / f"anvil-{system}-{machine}" / "bin" / "anvil"
    if not path.exists():
        raise FileNotFoundError(f"no anvil at {path.relative_to(TOP)}: run `npm ci` in the checkout")
    return path
