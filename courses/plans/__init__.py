"""The yearly plans of units: the province's template, each unit's own plan, what became of its tasks."""
