"""Lessons on a USB stick: pages, sheets and the run mode as files that open in any browser without a line."""
