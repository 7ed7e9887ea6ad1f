"""OpenLineage as it lies on the wire: what is read of it, and no more.

Required is what the reading needs, which is less than the standard asks. A property that is not
here is odd and gets a notice. The accounting of leaves is computed from these types.
"""

from __future__ import annotations
