"""GB/T 9704-2012 on paper: documents as Word and PDF, and what offends the standard.

Knows no data of the product; `blocks` is what the rest of the slice speaks to it.
"""
