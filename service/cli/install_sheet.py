"""install-sheet: what an EHR analyst has to type in for a client of a dialect."""

from collections.abc import Iterable

import click

from service.cli.checking import configured
from service.cli.mistakes import UserMistake
from service.cli.sheet import FORMATS
from service.cli.sheet_sections import Installation, sections
from service.clients import Client, Dialect
from service.config.mistakes import quoted
from service.config.model import Configuration
from service.config.wording import nearest
from service.dialects import MANNERS
from service.discovery import discovered
from service.settings import read_settings


@click.command("install-sheet")
@click.option("--dialect", metavar="NAME", help=f"{', '.join(MANNERS)}; default: the client's, else standard.")
@click.option("--service", "service_id", metavar="ID", help="One CDS service; without it, all that are offered.")
@click.option("--client", "client_name", metavar="NAME", help="A configured client; without it, what holds for any.")
@click.option("--format", "form", metavar="NAME", default="text", show_default=True, help=", ".join(FORMATS))
def install_sheet(dialect: str | None, service_id: str | None, client_name: str | None, form: str) -> None:
    """Print what an EHR analyst has to type in: addresses, prefetch, scopes, tokens, override reasons, criteria."""
    settings = read_settings()
    configuration = configured(settings)
    layout = FORMATS[_one_of("--format", form, FORMATS)]
    client = _client(client_name, configuration)
    chosen = _dialect(dialect, client)
    entries = discovered(configuration, client)
    if client and client.services:
        entries = [each for each in entries if each["id"] in client.services]
    if not entries:
        raise UserMistake("No CDS service is offered: every rule is off. Switch rules on in the configuration.")
    if service_id is not None:
        _one_of("--service", service_id, [each["id"] for each in entries])
        entries = [each for each in entries if each["id"] == service_id]
    sheet = Installation(chosen, configuration, client, settings.public_url, tuple(entries))
    click.echo(layout(sections(sheet)), nl=False)


def _client(name: str | None, configuration: Configuration) -> Client | None:
    return None if name is None else configuration.clients[_one_of("--client", name, configuration.clients)]


def _dialect(name: str | None, client: Client | None) -> Dialect:
    if name is None:
        return client.dialect if client else "standard"
    chosen = next(each for each in MANNERS if each == _one_of("--dialect", name, MANNERS))
    if client and client.dialect != chosen:
        raise UserMistake(
            f'--dialect {chosen}: client {client.name} has dialect = "{client.dialect}". Leave --dialect out, or'
            " change the configuration."
        )
    return chosen


def _one_of(option: str, name: str, names: Iterable[str]) -> str:
    known = list(names)
    if name in known:
        return name
    near = nearest(name, known)
    hint = f"Did you mean {near}?" if near else f"There is: {', '.join(known) or 'none'}."
    raise UserMistake(f"{option} {quoted(name)}: is unknown. {hint}")
