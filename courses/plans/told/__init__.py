"""What plans tell together: figures of units by task, tables, the paper, the annual report, the queue."""
