"""A new vault from an archive: chosen, looked into, given keys of its own, made."""
