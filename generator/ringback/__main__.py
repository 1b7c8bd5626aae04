"""`python -m ringback`."""

from ringback.cli import main

raise SystemExit(main())
