"""The screens under `/in-an/`, and where the code on a sheet leads."""
