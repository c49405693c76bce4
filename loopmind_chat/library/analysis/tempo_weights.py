"""Weights of tempo analysis; written by ``python -m training.analysis.tempo``, not by hand.

Fitted on loops rendered from a seed, of patterns of genres and of drummers' bars from the Groove MIDI Dataset (Google
LLC, CC BY 4.0).
"""

import base64
from typing import Final

import numpy as np

_CODE: Final = (
    b"6Mf5P8BAtT8f08Y+g90jP9akQj8bSEs/aq70PqQimr+g69q/9OHJP5wJ4z/PoKI/fh7APx+TeEDIc3u/PYiVvsCtuD1x3na+r6HmvhZ1jb/87p"
    b"Y+TOMfP24v7D6JvnU+68CnvqJbl77vgXG/AAAAAAAAAABP8b0/S568P7hpYEDA8Za/AAAAAAAAAAAAAAAA1iL5P4+0B0Bwt1lAcwtGv7MZEr59"
    b"rkG/CJ0Ivp6Gh8BGqwW/lcnlv4oUQD4T6wY/VFgOvkkKFj6VDSu9w5SQvqnB2z8YbEE/QC26P648hr595mA/KLFaP8hDSr3PfBi/iP8ZP/L0iL"
    b"1ExI29ksJ2Pr5HgryozJQ/+MdTPQdTND0kddK+17GbvqHzzz1nPjO+l/WFPcNK2737TWI/t90RP5Mryr5w8JG7qb4Rv1vrRr3kS54+lW8LPjMP"
    b"rr/539g+QWGyvVE4eL0rDC2+cOYLP04d9b/zQcW8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA7EA6P8Lij77re4c+as7EvQBBlr5IKds7YjWpPs89Qr+8fc++7+Je"
    b"vberXj6lFQW+GMUHvZZdV74RxoC+uhEFvx3qCz7TmV0+39Sivts4ET5ObQG+1RhIvVfuBb8EbNW+62Aovfne6D4MtHC+EF0Gv1BWEMAWJA2/A+"
    b"ouPmPlCD6fER6+s5WZvrd/LT7t4jS+sdq2vybaND0YCbW837RoPm8/O774jIG+dZ2iPVN0vj7EG4g+uoFav+dB6b9SLuC/J7P2P+yKVL6H+oM/"
    b"TOqLP0wpXT8nhRc/lQiLuwrz3j/jqxw/EriTP6wOAcBqtJi/AtbyP9xvlT59OEe+NcndPw5hWECv/wdAswsxPlGqfz8lxuY+oaGmP73PML+DlF"
    b"FAumy/Py9YFkDRexa/WFgnPuHviL9fuBq/A5aIv2YBEkDKqig/3dVVQMn9xD9piYS/YpYfQAahqD7Ohl9A+NvtvH2S9b1XV62+qEaevx7bXr+D"
    b"hCO/v4rNvlwP075WtfY9iIs3v0Z22j63LhI/7gAAPuswCLr6zSA+tVO8vnZw6z0uz1A9S9YlPh1XtD50WCU+a45XPyPpiT+zrUo/5itPv2n17b"
    b"2XMXo9rRX+PulkTz7dfuu8"
)
WEIGHTS: Final = np.frombuffer(base64.b64decode(_CODE), "<f4").astype(np.float64)
"""One weight for each feature of ``tempo_features``."""
SURE: Final = (
    (0.423, 0.658, 0.791, 0.88, 0.932, 0.963, 0.984, 0.995, 0.999),
    (0.495, 0.695, 0.86, 0.91, 0.965, 0.99, 0.993, 0.995, 1.0),
)
"""Chances as the weights state them, and how often they were right on packs left out."""
