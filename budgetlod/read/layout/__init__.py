"""From marks on a page to grids and paragraphs: what readers of pages (PDF, positioned HTML, pictures) share."""
