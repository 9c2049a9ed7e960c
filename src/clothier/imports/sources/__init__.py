"""Reading files row by row: delimited text, plain or compressed, and workbooks."""
