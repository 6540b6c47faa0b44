"""Rapid alerts of the province: written by one, approved by another, in every commune's space within a minute."""
