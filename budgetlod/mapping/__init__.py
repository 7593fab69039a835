"""From a disclosure to triples."""
