"""Settings from the environment, prefix ``MANTEL_``; every one has a default that works."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.talent.errors import MantelError
from core.talent.messages import N_

ROOT = Path(__file__).resolve().parent.parent


class InvalidSetting(MantelError):
    """A variable of the environment that cannot be used."""


def _split(value: object) -> object:
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


#: Names in a row, by commas.
Names = Annotated[list[str], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """What an installation may change."""

    model_config = SettingsConfigDict(env_prefix="MANTEL_", extra="ignore")

    local_dir: Path = Field(ROOT / "data" / "local", description="database, cookie key and logs; not in git")
    database_url: str = Field("", description="empty: SQLite in local_dir; or postgresql+psycopg://…")
    language: Literal["id", "en"] = Field("id", description="language of commands and of a new session")
    rubric: str = Field("kepka-bkn-411-2025", description="file under data/rubrics")
    fit_rubric: str = Field("tiga-bagian", description="file under data/rubrics/fit")
    rules: str = Field("jpt-pratama", description="file under data/rules")
    reference_date: dt.date | None = Field(None, description="date ages and periods count from; empty: today")
    max_upload_mb: int = Field(100, ge=1, description="largest file")
    max_unpacked_mb: int = Field(500, ge=1, description="largest content of a file once unpacked")
    max_cells: int = Field(10_000_000, ge=1, description="most cells of a sheet")
    read_memory_mb: int = Field(600, ge=300, description="memory that reading one file may take")
    read_seconds: int = Field(30, ge=1, description="seconds that reading one file may take")
    public_url: str = Field("", description="the whole address people type, with its scheme; empty: localhost")
    certificate: Path | None = Field(None, description="the web server's certificate, so that its end is told")
    allowed_hosts: Names = Field([], description="further names under which Mantel answers, by commas")
    session_hours: int = Field(12, ge=1, description="how long a sign-in lasts")
    idle_minutes: int = Field(30, ge=1, description="how long without a click before it ends")
    made_password_days: int = Field(7, ge=1, description="how long a password that was made for somebody opens")
    login_attempts: int = Field(5, ge=1, description="wrong passwords before a name is locked")
    address_attempts: int = Field(50, ge=1, description="wrong passwords from one address before it is locked")
    lock_minutes: int = Field(15, ge=1, description="how long both stay locked")
    oidc_claim: str = Field("preferred_username", description="what of an identity provider's answer is the user name")
    log_json: bool = Field(False, description="log lines of JSON, for a service")
    second_factor_roles: Names = Field([], description="roles that must sign in with a second factor, by commas")
    session_upload_mb: int = Field(300, ge=1, description="most that one tab keeps in memory of uploaded files")

    paper_number: str = Field("{kind}/{number:03}/BKPSDM/{roman}/{year}", description="how numbers of papers are made")
    signature_roots: Path | None = Field(None, description="folder of root certificates for signed PDF (BSrE)")
    verification_url: str = Field("", description="where the public verifies papers; empty: public_url and /periksa")

    acting_months: int = Field(6, ge=1, description="months after which an acting holder (Plt, Plh) is told")

    robustness_radius: float = Field(0.2, gt=0, le=1, description="share of the weight given out anew at random")
    alarm_smallest_share: float = Field(
        0.01, ge=0, le=1, description="fewer of all weightings with this first name: told"
    )
    alarm_far: float = Field(0.2, ge=0, le=2, description="weights moved in all before their direction is looked at")
    alarm_needed: float = Field(0.6, ge=0, le=1, description="share of the movement that the first place needs: told")

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.local_dir / 'mantel.db'}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once.

    Raises
    ------
    InvalidSetting
        Names the variable and what is wrong with it, in English: there is no language before there are settings.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = f"MANTEL_{'_'.join(map(str, first['loc'])).upper()}"
        raise InvalidSetting(
            N_("the setting {name} is “{value}”: {fault}"),
            name=name,
            value=str(first["input"])[:60],
            fault=first["msg"],
        ) from None
