"""`python -m kontor.config` is the `kontor` command."""

from kontor.config.command import main

raise SystemExit(main())
