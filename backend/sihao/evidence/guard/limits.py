"""What one file may ask of us. Honest evidence stays far below; a hostile file stops here."""

MIB = 1024 * 1024

TEXT_KEPT = 200_000
"""Bytes of UTF-8 kept of a file's text, for search and previews."""
MEMBERS = 10_000
"""Files inside a file."""
UNPACKED = 1024 * MIB
"""Bytes of a file's members together."""
RATIO = 300
"""How much larger members may be than what they are packed in, once that exceeds `RATIO_FROM`."""
RATIO_FROM = 32 * MIB
DEPTH = 3
"""A workbook inside a document inside an archive, and no further."""
XML_DEPTH = 256
CELLS = 2_000_000
"""Cells of a workbook; a ledger of a whole city has a tenth."""
PAGES = 2_000
"""Pages of a PDF."""
PREVIEW_PAGES = 200
"""Pages of a file that can be looked at one by one; the rest is in the file."""
PIXELS = 120_000_000
"""Pixels of a picture: a scanned A2 plan at 600 dpi has 139 million, a phone's photo 12 to 50."""
OUTPUT = 16 * MIB
"""Bytes that a parser's process may answer with."""
