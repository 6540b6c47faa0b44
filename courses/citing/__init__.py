"""What of the courses cites the law: lessons, conversations, cards, questions, rules; and the certificates beside."""
