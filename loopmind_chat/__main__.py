"""``python -m loopmind_chat`` is the console script."""

import sys

from loopmind_chat.cli import main

sys.exit(main())
