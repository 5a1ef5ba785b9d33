"""Recording what a vendor's sandbox answers, and replaying it without the vendor.

While a system is recorded, its adapter sees a masked view of it: personal values are replaced by pseudonyms before the
driver reads an answer, and pseudonyms in a question by what they stand for before it leaves. What is stored is what the
adapter saw and said. A replay is the same view again, so that whoever asks the same gets the same.
"""
