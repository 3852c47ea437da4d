"""What a line of the log must not tell: the keys that personal addresses carry."""

import logging
import re

# The personal link of an agency and the calendar of a person: /u/<key>/ and /k/<key>/.
KEY = re.compile(r"(/[uk]/)[^/\s\"']+")


class HideKeys(logging.Filter):
    """Leaves the address and takes the key out of it, whoever wrote the line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if KEY.search(message):
            record.msg, record.args = KEY.sub(r"\1…", message), None
        return True
