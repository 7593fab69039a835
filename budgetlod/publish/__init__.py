"""From a graph to a published folder: dumps, tables, catalogue, pages, manifest, and the swap that shows them."""
