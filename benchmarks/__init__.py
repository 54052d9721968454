"""What Firsthand costs, measured: `python -m benchmarks.NAME`; the last line is one JSON object.

Figures are ratios against a baseline measured in the same run wherever that makes sense, since machines
differ; the absolute figures stand beside them.
"""
