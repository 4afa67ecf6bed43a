"""What goes in and out about interviews, rectifications and referrals."""
