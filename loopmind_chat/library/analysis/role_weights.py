"""The fitted numbers of the audio role model: one row a role, one column a feature, the last for the bias.

Fitted by weighted softmax regression (L2) on 419 sounds of three freely licensed packs and the starter pack.
With each pack held out in turn: 49 % right of seven roles (chords and pads as one), 65 % where it is over .6 sure.
"""

from typing import Final

from loopmind_chat.song.vocabulary import Role

ROLES: Final = (Role.DRUMS, Role.PERCUSSION, Role.BASS, Role.MELODY, Role.CHORDS, Role.PAD, Role.VOCAL, Role.FX)
CENTRES: Final = (0.727, 0.300, 0.121, 0.144, 0.205, 0.249, 0.096, -1.784, -1.374, -1.752, 0.564, 0.391, 0.137, 0.286)
SCALES: Final = (1.931, 2.007, 0.204, 0.231, 0.272, 0.291, 0.226, 0.826, 1.280, 1.075, 0.284, 0.386, 0.238, 0.452)
WEIGHTS: Final = (
    (
        -0.345,
        0.070,
        0.125,
        0.407,
        -0.319,
        -0.410,
        0.344,
        0.243,
        -0.179,
        0.092,
        -0.085,
        0.357,
        0.296,
        -0.070,
        0.906,
    ),  # drums
    (
        -0.248,
        -0.047,
        -0.170,
        -0.019,
        -0.007,
        -0.367,
        -0.080,
        0.035,
        -0.327,
        0.041,
        -0.561,
        0.375,
        0.085,
        -0.113,
        0.605,
    ),  # percussion
    (
        0.019,
        -0.307,
        0.639,
        0.126,
        -0.187,
        -0.096,
        -0.087,
        -0.043,
        -0.015,
        -0.002,
        0.210,
        -0.113,
        -0.001,
        -0.125,
        -0.167,
    ),  # bass
    (
        0.258,
        -0.055,
        -0.218,
        -0.099,
        0.173,
        0.393,
        -0.068,
        -0.481,
        -0.048,
        0.054,
        0.127,
        0.054,
        0.216,
        0.312,
        -1.176,
    ),  # melody
    (
        0.247,
        -0.014,
        -0.263,
        -0.171,
        0.016,
        0.316,
        -0.101,
        -0.139,
        0.017,
        0.017,
        -0.064,
        -0.079,
        0.043,
        0.262,
        -0.704,
    ),  # chords
    (
        0.103,
        0.054,
        0.046,
        -0.109,
        0.132,
        0.228,
        0.075,
        -0.117,
        0.128,
        0.150,
        0.317,
        -0.351,
        -0.387,
        0.146,
        -0.643,
    ),  # pad
    (
        -0.138,
        0.016,
        -0.275,
        -0.277,
        0.212,
        0.152,
        -0.163,
        -0.013,
        0.248,
        -0.269,
        -0.050,
        -0.116,
        -0.111,
        -0.193,
        -0.062,
    ),  # vocal
    (
        0.103,
        0.283,
        0.117,
        0.142,
        -0.020,
        -0.216,
        0.081,
        0.516,
        0.175,
        -0.083,
        0.105,
        -0.127,
        -0.140,
        -0.220,
        0.344,
    ),  # fx
)
