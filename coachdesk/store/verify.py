"""Is the vault what it should be? Each answers for one thing, of an open connection."""

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from coachdesk.store import free_pages, migrations, schema
from coachdesk.store import search as index


def pages(connection: sqlcipher.Connection) -> bool:
    """Every page is authentic."""
    return connection.execute("PRAGMA cipher_integrity_check").fetchone() is None


def pages_in_use(connection: sqlcipher.Connection) -> bool:
    """Every page that holds something is authentic, be it of an index that nobody reads yet: the first record
    put there would be refused. What is damaged of the free ones is written anew."""
    if pages(connection):
        return True
    free_pages.write_anew(connection)
    return pages(connection)


def structure(connection: sqlcipher.Connection) -> bool:
    """Tables and indexes agree, and the search index with itself."""
    return connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]


def references(connection: sqlcipher.Connection) -> bool:
    """No record points to one that is not there."""
    return connection.execute("PRAGMA foreign_key_check").fetchone() is None


def tables(connection: sqlcipher.Connection) -> bool:
    """Tables, indexes and triggers are those that the migrations make."""
    return declared(connection) == declared(_fresh())


def search(connection: sqlcipher.Connection) -> bool:
    """The search index holds exactly what the notes say."""
    return connection.execute(index.DIFFERENCES).fetchone() is None


def declared(connection: sqlcipher.Connection) -> list[tuple[str, str, str]]:
    """What the database declares, as SQLite remembers it."""
    asked = "SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
    return [(kind, name, " ".join(sql.split())) for kind, name, sql in connection.execute(asked)]


def _fresh() -> sqlcipher.Connection:
    """An empty database in memory with the tables of this version."""
    connection = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: connection, poolclass=StaticPool)
    migrations.bring_up_to_date(engine, 0)
    assert migrations.version_of(connection) == schema.VERSION
    return connection
