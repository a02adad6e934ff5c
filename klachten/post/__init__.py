"""What goes out and comes in by e-mail: uit is the outbox, binnen is what was received."""
