"""What a conversation is and how it is played: pure functions on frozen dataclasses, without database and request."""
