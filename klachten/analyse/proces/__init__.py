"""The 18 steps as they were really gone through."""
