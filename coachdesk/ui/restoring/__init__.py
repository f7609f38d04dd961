"""Getting a backup back: choose one, look into it, put it in the vault's place."""
