"""Names, terms, formats and queries: everything that knows what RDF looks like on the wire."""
