"""The roll (业主名册): units, owners, heads and areas; import, checking, freezing."""
