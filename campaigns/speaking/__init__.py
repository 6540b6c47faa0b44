"""The voice of messages: recorded sentence by sentence by somebody who speaks the language, approved by another."""
