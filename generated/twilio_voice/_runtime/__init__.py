"""What every generated module stands on: text codecs, tolerant decoding, requests, routing, signatures.

Nothing here knows the API. The tables in `operations.py` and the types in `models.py` do.
"""
