"""Who someone is: owners against the roll, codes, keys, review; staff and their log-in."""
