"""Read interviews, rectifications and referrals."""
