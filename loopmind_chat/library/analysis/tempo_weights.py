"""Weights of tempo analysis; written by ``python -m training.analysis.tempo``, not by hand.

Fitted on loops rendered from a seed, of patterns of genres and of drummers' bars from the Groove MIDI Dataset (Google
LLC, CC BY 4.0).
"""

import base64
from typing import Final

import numpy as np

_CODE: Final = (
    b"0qYcQHStLD+bTb8/eVyVPxBJxj+kIQa+AAAAAM4SnsCte1dA3AdEQDoS2D/Ey/s/Yx7fQE+rh79nuKS/lenAP8jb7z7BRg2/naQrwBAkyzyjL2"
    b"C/F/yxP0azhL9GBwG/FxvoPQXXZb8AAAAAAAAAAOMFKEDeKw5AUMUtQDbvfEAAAAAAAAAAAAAAAABVOydA6AUmQBgKsEBr36XATmSMPok7n7/d"
    b"die9ket4wcPtrr5GHJrAGDyPwHOcmMBOLmi/DCDqvnASvD4RM3c/YFSIv+TZgcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADqLJk/w265PtJfZb44y7m+QZ/7vp0j"
    b"rT0Geto/RNpVQM9yRD6Nhs69XBThPuPwMT7PWQ3AXsPPvshyrb8m6JG+a6vLPRltWj3wdQw9FwoPP7T1+75xkw7ATADEPWHRKb8ITAw/k584Pg"
    b"KsLD48I32/iI5wQN/mur4SI0O+s51jPtAYHL+EjTs/M3JmP6rKecBzR4W/+4Vkv6zX1LzjSIE/fEYAP80SfL/4PvK8GY2fPyNtKMChhKw+DJSD"
    b"P1chWz9cN6NAK4mUv/iWIECPCC2/HQcNQPKzyT8xlNC/g5BfQDbY5z9yFvK/4wAUPzqldj89vhQ/8+5MQHv6hz5rAqG/gbVGwHmd3r+B9zTA+E"
    b"amvuj8Qj9BXKw//tobPjKrcD+g/Qw/f75HPRBqG8AW57Q9X+OCvqEJXz9ryNo/ButhPj7eVL/ZDUpAdxLOwBRs/70a5jrA3MUMwJBbtkCHbLHA"
    b"HQStQLQs4j+4WJ/AOjGPvjKSub8TmhnAJVRtP7q2OMEya/q/tsI4QMvgT0D1iD3Aw/8vQWAHiD+f8UG/6bqBQCVFCEBkNQnB6Gs8QUEU30AxLT"
    b"JAzJroQGxJQr/VPEjAR95wQDNRj8Ad5WTAQ/SWQHghE8Dh/MU/vtVxQDvI/cCbrhlATctRQL2VEkCvuI4/acPKvwr9Jr9SEtg9Ds/TwIRg5j/G"
    b"VmS/YN7oPjLkur3eKuK/vL6KP3FPFUDcT6E/7lmQPmIg0j8mZbK/5MlRv561A0CyA3G+r/BCPvC+Nb8QHuO+bDUQQKybxD82rYG/LNL9PjmqGb"
    b"6DWfC/cnc1P5BXzT8="
)
WEIGHTS: Final = np.frombuffer(base64.b64decode(_CODE), "<f4").astype(np.float64)
"""One weight for each feature of ``tempo_features``."""
SURE: Final = (
    (0.585, 0.843, 0.947, 0.982, 0.996, 1.0, 1.0),
    (0.534, 0.714, 0.885, 0.953, 0.983, 0.998, 1.0),
)
"""Chances as the weights state them, and how often they were right on packs left out."""
