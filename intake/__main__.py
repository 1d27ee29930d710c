"""The child that reads one document: `python -m intake`, started by `intake.apart` alone."""

import sys

from intake.apart import main

sys.exit(main())
