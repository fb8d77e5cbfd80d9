"""Does what the contracts let anyone do once its time has come: declare, finalize, complete changes of key."""
