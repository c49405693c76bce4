"""Weights of tempo analysis; written by ``python -m training.analysis.tempo``, not by hand.

Fitted on loops rendered from a seed, of patterns of genres and of drummers' bars from the Groove MIDI Dataset (Google
LLC, CC BY 4.0).
"""

import base64
from typing import Final

import numpy as np

_CODE: Final = (
    b"FASkP7eZpz77wfo+A5pjP4Yjjz/uDXK9AAAAAECHGcBcF9w/C1HUP+bMjT91aqA/URF8QLq4rr9cWeO+z9A2Pqst3b33hdW+caJsv6pnub4lYC"
    b"y+/LbEPoTCKb26v8++ZSKEvjzJFL8AAAAAAAAAAH5/Sj8ilsg/XdLZP754nkAAAAAAAAAAAAAAAACERJo/BqToP+5aO0CVBm7AlAKevk2bgr9n"
    b"Haq9QcimwIW+l75Z/7G/isppv5Hp0r8in5K9nWUvvmGX0j0z4r8+tUlIv4dLPcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACE5ys/jjGCPWARuTueHTu+b0ZSvjnb"
    b"KrtTU/E+2mCOP+DDOr7Wg+E88fN0PlB06j3SqZi/EMvVu04KYb/mZeG9GcXHPUqMqj2qPvo8JkwfPg7zBb83YPm+31LNve1P2r7iyKw+yr8IPo"
    b"K7xT0RTBi/zjHpP3nzgr6yCAw91kJxPnHHu75T0qw+K+sfvtYV37+3ROe9dFU0vqedoD2g348+nnxNvRhtAb/+lxa+dT7IPpycu755FEE+g/Ao"
    b"PlHzpz3uSgBAJz2FPh9Boz+wKuM8V9C3P/f2fD+akcu+GFyyP0KVBD8T6CC+ZLMyviR/2D0dDoE+kaScP5oIhD6R/Ae+JXCPv4yq8b6JHje/+M"
    b"ikvp7bkz51+TE+ImfZPgV0mD442f89FRSzvrC+KL8JxvI9TdOpPMTQkj5Ff7Q+4lVVPsAkAj7IbL8/M5X1v5eUEcDRJ86/URLKv3BA+j9m1Fy/"
    b"GyC5P+4LPD/Wv5C/fgAnPy8jBT9qsiu/DQyJv7C+eMCzcoq9Trm6vs2MVD/HehE/nnZjQDeDaD4sjp0/AuFYPl/XcD/mqOC/bRdjQB5w1T/uEe"
    b"o/luAZQGMpOL0+G5O/y9+YP8YASL+NgXi/3VYuQItKsr18ZHY/N6UBPyPh4L/8agQ+pKWtP0ENWD+YZg2/KdXtvrKxVD4zQc6+1KPqv8UVsL7E"
    b"WfS+kfIkPoMJxL3omV++2L7aPo8JVD+ebho/ZiEBPqgexT7SMsi+vFH3vdAdAz/Rm6A9mH6cvXk2qT0+/bo+EgqlP1yqRD93mha/mAGCvXtQFz"
    b"4EATe/yszwPro3/z4="
)
WEIGHTS: Final = np.frombuffer(base64.b64decode(_CODE), "<f4").astype(np.float64)
"""One weight for each feature of ``tempo_features``."""
SURE: Final = (
    (0.498, 0.712, 0.83, 0.905, 0.951, 0.973, 0.986, 0.992, 0.998),
    (0.556, 0.761, 0.88, 0.944, 0.966, 0.974, 0.991, 0.996, 1.0),
)
"""Chances as the weights state them, and how often they were right on packs left out."""
