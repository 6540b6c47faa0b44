"""What a message is printed as: texts with what offices still settle, masters, numbered sheets, pictures to post."""
