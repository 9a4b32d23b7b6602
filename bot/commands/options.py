"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="The passphrase's file; else DONDOC_BACKUP_PASSPHRASE, else it is asked."),
]
Identity = Annotated[
    Path | None, typer.Option(help="A private key of age, for backups to a recipient.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The settings; by default config.toml here.")
]
