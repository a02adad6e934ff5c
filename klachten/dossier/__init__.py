"""What the facts of one klacht or one evaluation add up to, and what may happen now."""
