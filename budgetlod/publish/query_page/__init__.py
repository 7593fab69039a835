"""The query page: SPARQL in the browser over the published dumps, without a server."""
