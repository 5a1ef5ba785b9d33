"""Which records may be meant by a name: retrieval, comparison and a calibrated probability, learnt on the site's data.

Needs the extra ``resolver``.
"""
