"""What `run.py` is made of; standard library only."""
