"""The clinic: cases without anybody in them, that colleagues talk over once a moderator has released them."""
