"""Interview practice: a conversation with one assumed person, played turn by turn; docs/practice.md.

`rules` are pure; `page` is what editors write, `runs` what learners did.
"""
