"""What every ``wanjia accounts`` command needs: the community's rows, the vault, and refusals said in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import typer
from rich.console import Console
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.config import SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.vault import Vault
from wanjia.roll.cli import Lang
from wanjia.roll.texts import text


@dataclass(frozen=True, slots=True)
class At:
    """Where a command works."""

    session: Session
    vault: Vault
    community: Community


@contextmanager
def writing(slug: str, lang: Lang) -> Iterator[At]:
    """Work on a community in one unit of work; what is refused is said, with status 1, and nothing is changed."""
    with _refusals(lang):
        database, vault = _system()
        with database.write() as session:
            yield At(session, vault, _community(session, slug))


@contextmanager
def reading(slug: str, lang: Lang) -> Iterator[At]:
    """Look at a community."""
    with _refusals(lang):
        database, vault = _system()
        with database.read() as session:
            yield At(session, vault, _community(session, slug))


def stop(reason: str) -> NoReturn:
    """Say why and leave with status 1."""
    Console(stderr=True).print(reason, style="red")
    raise typer.Exit(1)


@contextmanager
def _refusals(lang: Lang) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        stop(text(refusal.code, lang.locale, **refusal.values))
    except SettingsError as error:
        stop(str(error))


def _system() -> tuple[Database, Vault]:
    settings = load_settings()
    return Database(open_engine(settings.database_url)), Vault(settings.data_key)


def _community(session: Session, slug: str) -> Community:
    found = session.scalar(select(Community).where(Community.slug == slug))
    if found is None:
        raise Refusal("NOT_FOUND")
    return found
