"""The tables that belong to the vault itself, beside the coach's records."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Uuid
from sqlmodel import SQLModel

VERSION = 5  # of the schema; the number of the last migration

# What the vault knows of itself: its id, the key that opens sealed drafts.
about = Table(
    "vault_about",
    SQLModel.metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# A number for each note, growing as notes come, by which the search index knows it.
note_number = Table(
    "note_number",
    SQLModel.metadata,
    Column("number", Integer, primary_key=True),
    Column("note_id", Uuid, nullable=False, unique=True),
)

# One row over all others; see `store.seal`.
seal = Table(
    "seal",
    SQLModel.metadata,
    Column("one", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
SEALED_SINCE = 3  # the version of the schema that has it

VAULT_ID, DRAFT_KEY = "vault", "draft"
DRAFT_KEY_BEFORE = "draft before"  # of what was sealed before the vault got a new key
WRITES = "writes"  # how often a vault without a seal was written to
