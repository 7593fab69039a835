"""Reading a published folder back: the store, the SPARQL 1.1 Protocol, and a small HTTP server."""
