"""Tables as offices keep them: CSV and XLSX. Imports nothing of ours."""
