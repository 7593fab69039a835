"""``python -m budgetlod``."""

from budgetlod.cli.main import main

main()
