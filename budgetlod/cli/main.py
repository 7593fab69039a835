"""``budgetlod``: the group of commands, and what exceptions become on the terminal.

Exit codes: 0 done (warnings allowed), 1 does not conform, 2 bad input or usage, 3 internal error.
"""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from budgetlod.core.errors import BudgetlodError
from budgetlod.core.version import __version__
from budgetlod.model.problem import BadInput

COMMANDS: dict[str, str] = {
    "init": "budgetlod.cli.init",
    "read": "budgetlod.cli.read",
    "build": "budgetlod.cli.build",
    "validate": "budgetlod.cli.validate",
    "review": "budgetlod.cli.review",
    "explain": "budgetlod.cli.explain",
    "query": "budgetlod.cli.query",
    "rebuild": "budgetlod.cli.rebuild",
    "diff": "budgetlod.cli.diff",
    "serve": "budgetlod.cli.serve",
}
"""Command name to the module that holds a click command of that name; imported when the command is used."""

DONE, DOES_NOT_CONFORM, BAD_INPUT, INTERNAL_ERROR = 0, 1, 2, 3


class Commands(click.Group):
    """A group whose commands are imported on use, so that each command starts with what it needs alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of the pipeline."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or ``None``."""
        if cmd_name not in COMMANDS:
            return None
        # What importing makes lives on: there is nothing for the collector to find meanwhile.
        gc.disable()
        try:
            command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        finally:
            gc.enable()
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="budgetlod")
def cli() -> None:
    """Turn budget disclosures of government departments into linked open data.

    把部门预算信息公开变成可查询、可核对的关联数据。
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        result: Any = cli.main(args=arguments, prog_name="budgetlod", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except BadInput as error:
        for problem in error.problems:
            click.echo(f"错误 {problem.text('zh')}\nerror: {problem.text('en')}", err=True)
        return BAD_INPUT
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except click.Abort:
        click.echo("aborted", err=True)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output has gone (budgetlod … | head): nothing is wrong on this side.
        sys.stderr.close()
        return DONE
    except BudgetlodError as error:
        return _deliberate(error)
    except Exception:  # noqa: BLE001 - the last line of defence: a bug becomes exit code 3 with its trace
        traceback.print_exc()
        click.echo("内部错误，请报告 / internal error, please report", err=True)
        return INTERNAL_ERROR


def _deliberate(error: BudgetlodError) -> int:
    """Print an error of ours and return its exit code: not conforming is 1, the rest is bad usage."""
    click.echo(f"error: {error}", err=True)
    return DOES_NOT_CONFORM if type(error).__name__ == "NonConforming" else BAD_INPUT


if __name__ == "__main__":
    main()
