"""Made-up programmes whose truth is known: do the methods find it, and do methods known to fail fail?"""
