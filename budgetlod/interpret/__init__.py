"""From a document to a disclosure: tables, prose, projects and the relations between figures."""
