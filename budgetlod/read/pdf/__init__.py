"""Reader of PDF documents."""
