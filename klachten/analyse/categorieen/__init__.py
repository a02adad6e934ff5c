"""What klachten are about, and how they ended."""
