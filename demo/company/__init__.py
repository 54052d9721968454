"""Tallyround, the sample company that the demo ships: made up for it, from the name to the last NPS comment.

The data files hold the words, `records` says what they are made of, `load` reads them.
"""

from demo.company.load import SampleCompanyError, load_company
from demo.company.records import SampleCompany

__all__ = ["SampleCompany", "SampleCompanyError", "load_company"]
