"""What a document really is: its content against its name (`kinds`), the inside of containers (`containers`), and what
a scanner for viruses says of it (`clamd`).
"""
