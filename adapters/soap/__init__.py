"""SOAP services of an ERP: the WSDL and the request by zeep, the answer streamed and handed out as it was sent.

zeep does not read answers here: it gives ``None`` for a broken date, ``False`` for an ``X``, and the same ``None`` for
what is absent, empty and nil. Source: SOAP-01 to SOAP-05, SOAP-11, SOAP-12.
"""
