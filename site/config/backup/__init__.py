"""Everything that the installation knows, in one file, and back again: `manage.py backup` and `restore`.

An archive is a ZIP: one part a table (rows in a form that no database owns), one a file, and `manifest.json` with
versions, counts and the SHA-256 of every part. docs/backup.md says what is in it and what is not, and why.
"""
