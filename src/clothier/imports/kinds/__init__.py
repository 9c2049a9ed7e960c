"""What can be imported: one module a kind, each a loader."""
