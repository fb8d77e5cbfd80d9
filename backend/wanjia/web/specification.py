"""The API's OpenAPI document without a running system: ``python -m wanjia.web.specification``."""

import json
import os
import sys
import tempfile
from pathlib import Path

import structlog

from wanjia.bootstrap import bootstrap
from wanjia.config import load_settings
from wanjia.secrets_file import make_home
from wanjia.web.app import create_app


def specification() -> str:
    """The document of an application over an empty home folder, as JSON text."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        app = create_app(bootstrap(load_settings({"WANJIA_HOME": folder, "PATH": os.environ["PATH"]})))
        return app.test_client().get("/api/openapi.json").get_data(as_text=True)


if __name__ == "__main__":
    # what is logged while it is made must not stand in the document
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    json.dump(json.loads(specification()), sys.stdout, ensure_ascii=False)
