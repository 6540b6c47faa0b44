"""What broadcasters and press take: text, sound and pictures of a message as one package, of what is approved."""
