"""The command line: `python -m klachten waar 5`, `start`, `controleer` ...; each command is a module of opdrachten/."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klachten import geheugen

GELUKT, GEVONDEN, MISLUKT = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command; return 0 when all is well, 1 when a check found something, 2 when it could not run."""
    # Not above: all of it would be loaded for a program that begins once more.
    from klachten.afscherming import close_to_others
    from klachten.opdrachten import Ontleder, load
    from klachten.register.fouten import RegisterFout
    from klachten.reglement import OngeldigReglement

    close_to_others()
    argv = sys.argv[1:] if argv is None else argv
    ontleder = Ontleder(prog="python -m klachten", description="Klachtenregister: opdrachten voor beheer en bouw.")
    kies = ontleder.add_subparsers(title="opdrachten", dest="opdracht", metavar="OPDRACHT", required=True)
    for module in load(argv):
        deel = kies.add_parser(module.NAAM, help=module.HULP, description=module.HULP)
        module.add_arguments(deel)
        deel.set_defaults(run=module.run)
    args = ontleder.parse_args(argv)
    try:
        return args.run(args)
    except (RegisterFout, OngeldigReglement) as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return MISLUKT
    except KeyboardInterrupt:
        print("Afgebroken.", file=sys.stderr)
        return MISLUKT


if __name__ == "__main__":
    geheugen.start_anew()
    sys.exit(main())
