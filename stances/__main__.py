"""Run the command line as ``python -m stances``."""

import sys

from stances.cli import main

sys.exit(main())
