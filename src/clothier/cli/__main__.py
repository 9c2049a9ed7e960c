"""python -m clothier.cli: the command where its script is not installed."""

from clothier.cli.main import main

main()
