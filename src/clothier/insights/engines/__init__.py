"""Where analyses run: in the shop's database, or over a snapshot of it in DuckDB or Spark."""
