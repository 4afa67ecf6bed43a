"""What the committee does with ballots, and what voters do."""
