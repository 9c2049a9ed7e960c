"""Codes that phones read."""

import segno


def qr(address: str) -> str:
    """As a picture to be put into a page, readable from a hand's breadth away."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2)
