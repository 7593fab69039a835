"""What the maintainers run before a release; not part of the package."""
