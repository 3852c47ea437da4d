"""supervise.py: honcho that waits until a worker has ended its task before it kills it."""

import sys

from honcho import command, manager

# A worker that is asked to end takes about five seconds, even if it has nothing to do.
manager.KILL_WAIT = 20

if __name__ == "__main__":
    sys.exit(command.main())
