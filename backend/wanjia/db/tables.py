"""Finds every table: modules named ``models``, ``*_models`` or ``community`` of any package."""

import importlib
import pkgutil

import wanjia
from wanjia.db.base import Base


def all_tables() -> type[Base]:
    """Import every module that declares tables and give the base that knows them all."""
    for package in pkgutil.iter_modules(wanjia.__path__):
        if not package.ispkg:
            continue
        found = importlib.import_module(f"wanjia.{package.name}")
        for module in pkgutil.iter_modules(found.__path__):
            if module.name == "community" or module.name.endswith("models"):
                importlib.import_module(f"wanjia.{package.name}.{module.name}")
    return Base
