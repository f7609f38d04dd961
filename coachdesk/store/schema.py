"""The tables that belong to the vault itself, beside the coach's records."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Uuid
from sqlmodel import SQLModel

VERSION = 2  # of the schema; the number of the last migration

# What the vault knows of itself: its id, how often it was written to, the key that opens sealed drafts.
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

VAULT_ID, WRITES, DRAFT_KEY = "vault", "writes", "draft"
