"""``python -m wanjia`` is the ``wanjia`` command."""

from wanjia.cli import app

app()
