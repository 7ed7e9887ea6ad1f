"""What a query means, as digests: two queries that mean the same have the same terms.

A *term* stands for the value of an expression, or for a set of rows, over the stored tables alone.
Names, CTEs, wrapping subselects, the order of conditions and the like have left no trace in it. So
to compare two versions of a query is to compare their terms; general equivalence is not attempted.
"""
