"""One executable suite per port; every adapter passes the same one.

An integration team subclasses `SupplierLaws` or `PurchaseOrderLaws` in a test module and gives it one fixture named
``subject`` that yields a `Subject`; `MappingLaws` takes a fixture named ``mapping``. Each test method is one law: its
name is the sentence, its docstring the reason. No test runner is needed: `conformance.judge` judges a suite as well.
"""
