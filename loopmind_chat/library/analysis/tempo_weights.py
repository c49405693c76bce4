"""Weights of tempo analysis; written by ``python -m training.analysis.tempo``, not by hand.

Fitted on loops rendered from a seed, of patterns of genres and of drummers' bars from the Groove MIDI Dataset (Google
LLC, CC BY 4.0).
"""

import base64
from typing import Final

import numpy as np

_CODE: Final = (
    b"E2QFQCOxqT8Gp7E+CycYPyiyaT/A8Ek/ex2/Po+x8L+Tvuy/HlS7P9oY+j+zSqI/xFqwP51haUCm9Zm/r1rVvoT9yrxjkyC+PYXcvmGmlb9zJz"
    b"I+CLX0PgBMTz7vinY+q+6wvvD/h75ZT0i/AAAAAAAAAAD4iYI/7bPOP2XTNEDLUTrBAAAAAAAAAAAAAAAAcm0kP5B0C0D7nllAzW/avldwhL6f"
    b"2kC/J4Yyvr2ei8CmQku/dHqbv/5DT71RJr8+xzFivs1JBz6tPwE+sKKIvsHL1T8pzjA/3lPKP7f6pj0XA5E/n2pHPzpGXT4V2BC/tDH9PmKx7b"
    b"uOhlW+vzckvpPcvL1ZkpU/9lCRPiY1hb5swI6+eg+evqDmybxP2JA94ZMIPWcnGr7fMSw/RWnmPmvD5b4i3A89mc4WvyyzyL3DP78+1wa9PZ+O"
    b"Gr+D2xU9XzJYPcuuer7XBZw9ih6UPkE9nL+TnRK9AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAR0p/Pid0v77YX4Q+1Wiuu8YkbL6wyke+BFSQvOlx8b+cjR2/SCKN"
    b"O1vL3D22kBw+/digvp4Ksr75mJJAQZM5vxm2CT52YoU+at80vhj8BL0OzdK+JtFPvQKBqr6mRMC+JZrBvEYn/T4Cf6++GvQMv+6ZLb6Nv9G+2X"
    b"7tPa1JLj6o29a9cywJv4/UIj5eiS2/GWd2v5w4jbyylOg9ojYkPiSYvL63EY+9pVknvWBauj7uLxY9TCmAv0B95b+etsy/DQcDQKBNVb2cZp8/"
    b"3wAyQH1QID2uAEs+pRRkv3A6+j/P97U+xuY7P4NThr8WidG/PzP0Pv07yj8yuog/EF3CP2ZvJUCi98U/SQsdvnn/FT8yilU/32mzPw3sfb++0m"
    b"1A9GGsPyqv5z/SVk6/47ybvtlexz0vApY/Ygqevo/vEUBHEro/fgYtQDGi7bw6OIe/I1MWQPdEJD/iDhNAYnSYvyw1Mr8Rs8U/F51ev+JlX799"
    b"jFO/UaNVvqhyGT1lF38+v8d8vmKNJT7PcQ0/uDZvPlNHtz7UH9I9Mw2mvu5ZjT1NO/q82aiMvo7SsD6O05E9JyxgPxUeij8RCF4/lXN9v+DmUL"
    b"56dtc9ra2CPpawnj7ETDs9"
)
WEIGHTS: Final = np.frombuffer(base64.b64decode(_CODE), "<f4").astype(np.float64)
"""One weight for each feature of ``tempo_features``."""
SURE: Final = (
    (0.437, 0.663, 0.806, 0.892, 0.94, 0.967, 0.989, 0.999),
    (0.49, 0.74, 0.855, 0.96, 0.965, 0.99, 0.992, 1.0),
)
"""Chances as the weights state them, and how often they were right on packs left out."""
