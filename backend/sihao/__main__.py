"""`python -m sihao` is the command line."""

from sihao.cli import cli

cli()
