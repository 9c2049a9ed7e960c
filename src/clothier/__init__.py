"""Clothier 衣诺 keeps a shop's promises to its customers."""

__version__ = "0.1.0"
