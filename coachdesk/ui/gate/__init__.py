"""Before the desk is open: the passphrase, or a new vault."""
