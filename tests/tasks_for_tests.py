"""Tasks that tests queue."""

from django_tasks import task


@task()
def write_word(path: str, word: str) -> None:
    """Append a word to a file."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(word)


@task()
def fail() -> None:
    """Fail."""
    raise ValueError("on purpose")
