"""From a plan to a program: passes that find sums of products and layers among single scalars.

`lower` is what callers need.  Every pass keeps the mathematics and changes only the order of sums.
"""
