"""What somebody asks a trainer from a lesson, and the answers."""
