"""Stores everything that the installation knows in one file and restores it: `manage.py backup` and `restore`.

An archive is a ZIP with one part for each table (rows in a form independent of the database), one for each file, and
`manifest.json` with versions, counts and the SHA-256 of every part. docs/backup.md says what is in it and what is not,
and why.
"""
