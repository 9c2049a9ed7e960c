"""What is kept of a screen's token."""

from hashlib import sha256


def digest(token: str) -> str:
    """The token is 256 random bits, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()
