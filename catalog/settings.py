"""Settings: flat, from the environment (`HEADWATER_…`) or the command line, passed in."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """How a catalog is opened and served."""

    model_config = SettingsConfigDict(env_prefix="HEADWATER_", frozen=True, extra="ignore")

    data: Path = Field(
        default=Path.home() / ".headwater", description="Folder of the event log and the graph."
    )
    store: str = Field(
        default="sqlite",
        description="Where the graph is: `sqlite`, `memory`, or `neo4j://user:password@host:7687`.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8585, ge=0, le=65535, description="Port to listen on; 0: any.")
    max_body: int = Field(
        default=64 * 1024 * 1024, gt=0, description="Largest request body in bytes, inflated."
    )
