"""What to type next: the last line of what is printed."""

from stances.shipped import DEFAULT, shipped_datasets


def next_line(command: str, name: str) -> str:
    """Return a line that says what to type next about the data of this name.

    Parameters
    ----------
    command : str
        A verb with its options; ``{}`` stands where the data belong.
    name : str
        Of the data: a shipped dataset is named, another one stands as DATA.

    Examples
    --------
    >>> next_line("deeds {} --actor CHN", "paris-beijing-2025")
    'Next: stances deeds --actor CHN'
    >>> next_line("deeds {} --actor CHN", "votes")
    'Next: stances deeds DATA --actor CHN'
    """
    data = name if name in shipped_datasets() else "DATA"
    words = command.replace("{}", "" if name == DEFAULT else data).split()
    return " ".join(["Next: stances", *words])
