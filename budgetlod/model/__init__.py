"""Frozen records of a document and of the disclosure read from it. No files, no RDF, no clock."""
