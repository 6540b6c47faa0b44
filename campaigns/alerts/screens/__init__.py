"""What staff do with alerts, and what stands at the address of one that is over."""
