"""What the office's rules refuse."""


class DomainError(Exception):
    """A rule of the office refused the act; the text is a sentence for the user."""
