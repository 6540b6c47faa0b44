"""An empty database as data: one SQL file a vendor, loaded by `migrate` instead of some 250 steps (docs/schema.md)."""
