"""What a cell, a header, an encoding means. Plain Python."""
