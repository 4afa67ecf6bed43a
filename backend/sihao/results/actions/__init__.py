"""Compute, approve and publish results; compare two years; commend."""
