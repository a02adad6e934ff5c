"""E-mail that comes in: read from a file or from a mailbox, a proposal until a person records it."""

from klachten.post.binnen.lezen import read
from klachten.post.binnen.post import Bijlage, NietTeLezen, Post

__all__ = ["Bijlage", "NietTeLezen", "Post", "read"]
