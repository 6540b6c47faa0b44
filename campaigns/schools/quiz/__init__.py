"""The class quiz: before and after a lesson, by phone with a short code or by cards that the teacher counts."""
