"""The pages that people read: no build step, nothing fetched, the same bytes each time."""
