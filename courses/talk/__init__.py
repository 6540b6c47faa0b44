"""Talk between officials and those who lead training: inquiries, kept answers, the clinic, exemplars."""
