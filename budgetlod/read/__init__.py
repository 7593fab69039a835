"""One reader per file format, each giving the same :class:`~budgetlod.model.document.Document`."""
