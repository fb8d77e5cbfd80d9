"""Events of the chain become rows: by block hash, with rollback and finality."""
