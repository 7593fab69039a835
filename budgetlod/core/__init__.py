"""Ground layer: errors, settings, resources, cleaning of text and numbers. Imports nothing of the package."""
