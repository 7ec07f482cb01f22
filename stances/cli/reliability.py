"""`stances reliability`: how far the coders of a dataset agree, and what they dispute."""

from typing import Any

from stances.cli.command import command
from stances.cli.options import data_argument, output_options, read_data, rule_options
from stances.cli.output import emit
from stances.cli.reading import identity
from stances.reliability import report


@command()
@data_argument
@rule_options
@output_options
def reliability(**options: Any) -> None:
    """Show how far coders agree, by question, issue and coder, and what they dispute most.

    DATA is a dataset whose stances name their coder; 'stances merge' joins a file per coder.

    \b
    stances reliability class-data
    stances reliability class-data --issue trade --format csv -o reliability.csv
    """
    data = read_data(options)
    rules: dict[str, Any] = {"prefer": options["prefer"], "inferred": not options["no_inferred"]}
    if options["basis"]:
        rules["basis"] = options["basis"]
    result = report(data, issues=options["issues"] or None, **rules)
    about = {"rules": result.rules, "issues": list(options["issues"])}
    emit(result, options, about=about | identity(data, options["data"]))
