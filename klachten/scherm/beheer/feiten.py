"""The facts of the organisation and its people in words, each name exactly as it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.brieven import BRIEVEN
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging, valid
from klachten.handelingen.organisatie.lijsten import NAMEN
from klachten.organisatie import EIGEN_LIJSTEN, ROLLEN
from klachten.organisatie.herinneringen import WAARVOOR, hour
from klachten.organisatie.stand import remind
from klachten.reglement import STANDAARD, Reglement
from klachten.scherm.onderdelen import bij_naam, veilig
from klachten.taal import MAANDEN, aantal, datum, opsomming, tot_en_met

LABELS = {
    "naam": "naam", "adres": "adres", "postadres": "postadres", "telefoon": "telefoon", "e_mail": "e-mailadres",
    "website": "website", "voornaam": "voornaam", "tussenvoegsel": "tussenvoegsel", "achternaam": "achternaam",
}  # fmt: skip


def in_woorden(vastleggingen: Iterable[Vastlegging], reglement: Reglement) -> Iterator[tuple[Vastlegging, str]]:
    """Give each fact with its sentence in Markdown, in order of recording; a choice is called as it was then.

    What was put right or taken back later is among them, and changes no name of what comes after it.
    """
    vastleggingen = list(vastleggingen)
    geldig = {v.nr for v in valid(vastleggingen)}
    begin = [boek for boek in scherm.register().inrichting.uit_bestanden.values() if boek.soort == "volledig"]
    # The one that was there before any choice comes last: its names are those that were changed.
    begin.sort(key=lambda boek: boek.id == STANDAARD)
    heet = {(lijst, k.id): k.naam for boek in begin for lijst in EIGEN_LIJSTEN for k in boek.keuzes(lijst)}
    for vastlegging in vastleggingen:
        feit = vastlegging.feit
        if isinstance(feit, g.FeitHerroepen):
            yield vastlegging, f"Feit {vastlegging.corrigeert} herroepen."
            continue
        zin = (
            _keuze(feit, heet if vastlegging.nr in geldig else dict(heet))
            or _settings(feit, reglement)
            or _person(feit, reglement)
        )
        if zin:
            yield vastlegging, zin


def _keuze(feit: Gebeurtenis, heet: dict[tuple[str, str], str]) -> str:
    if not isinstance(feit, g.KeuzeToegevoegd | g.KeuzeHernoemd | g.KeuzeSamengevoegd | g.KeuzeBeeindigd):
        return ""
    welke = (feit.lijst, feit.id)
    oud, lijst = veilig(heet.get(welke, feit.id)), NAMEN.get(feit.lijst, feit.lijst)
    match feit:
        case g.KeuzeToegevoegd():
            heet[welke] = feit.naam or feit.id
            return f"{lijst}: **{veilig(heet[welke])}** erbij, vanaf {datum(feit.vanaf)}."
        case g.KeuzeHernoemd():
            heet[welke] = feit.naam or heet.get(welke, feit.id)
            return f"{lijst}: **{oud}** heet vanaf {datum(feit.vanaf)} **{veilig(heet[welke])}**."
        case g.KeuzeSamengevoegd():
            opvolger = veilig(heet.get((feit.lijst, feit.opvolger), feit.opvolger))
            return f"{lijst}: **{oud}** gaat vanaf {datum(feit.vanaf)} op in **{opvolger}**."
    return f"{lijst}: **{oud}** kan gekozen worden tot en met {datum(feit.laatste_dag)}."


def _settings(feit: Gebeurtenis, reglement: Reglement) -> str:
    match feit:
        case g.OrganisatieIngericht():
            return f"Organisatie ingericht: **{veilig(feit.naam)}**{' (een voorbeeld)' if feit.voorbeeld else ''}."
        case g.BestandOvergenomen():
            van = f", zoals die was op {datum(feit.stand_op)}" if feit.stand_op else ""
            wat = [
                aantal(hoeveel, "klacht", "klachten") + woord
                for hoeveel, woord in (
                    (feit.nieuw, " erbij"), (feit.gewijzigd, " gewijzigd"), (feit.weer, " opnieuw"),
                    (len(feit.verdwenen), " niet meer in de bron"),
                )
                if hoeveel
            ]  # fmt: skip
            naam = f"**{veilig(feit.naam)}** " if feit.naam else ""
            gedaan = f": {opsomming(wat)}" if wat else ""
            return f"Bestand {naam}overgenomen uit bron **{veilig(feit.bron)}**{van}{gedaan}."
        case g.BronOvergenomen():
            vanaf = f", volledig vanaf {datum(feit.volledig_vanaf)}" if feit.volledig_vanaf else ""
            wanneer = f"zoals die was op {datum(feit.gebeurd_op)}{vanaf}"
            return f"Klachten overgenomen uit bron **{veilig(feit.bron)}**, {wanneer}."
        case g.OvergangVastgelegd():
            klachten = aantal(feit.klachten, "open klacht", "open klachten")
            return (
                f"Vanaf {datum(feit.gebeurd_op)} hier verder behandeld, uit bron **{veilig(feit.bron)}**: {klachten}."
            )
        case g.OrganisatieGewijzigd():
            return f"Vanaf {datum(feit.vanaf)}: {_texts(feit)}."
        case g.VestigingGewijzigd():
            wat = veilig(reglement.naam_van("vestigingen", feit.vestiging))
            return f"Vestiging **{wat}** vanaf {datum(feit.vanaf)}: {_texts(feit)}."
        case g.BoekjaarGesteld():
            jaar = f"; het jaar ervoor wordt {feit.overgang}" if feit.overgang else ""
            return f"Het boekjaar begint in **{MAANDEN[feit.maand - 1]}**, vanaf {datum(feit.vanaf)}{jaar}."
        case g.StreeftermijnGesteld():
            hoe = f"{feit.waarde} {feit.eenheid}, tot stap {feit.stap}"
            return f"Streeftermijn **{veilig(feit.naam)}**: {hoe}, voor klachten vanaf {datum(feit.vanaf)}."
        case g.StreeftermijnBeeindigd():
            naam = next((t.naam for t in reversed(reglement.streeftermijnen) if t.id == feit.id), feit.id)
            return f"Streeftermijn **{veilig(naam)}** voor klachten tot en met {datum(feit.laatste_dag)}."
        case g.VraagBewaard():
            waar = ", ook op het Jaarbeeld" if feit.op_jaarbeeld else ""
            return f"Vraag van de Verkenner bewaard als **{veilig(feit.naam)}**{waar}."
        case g.VraagWeggehaald():
            return f"Bewaarde vraag **{veilig(feit.id)}** weggehaald."
        case g.AanmeldregelsGesteld():
            stap = opsomming(_rol(rol) for rol in ROLLEN if rol in feit.tweede_factor_rollen) or "niemand"
            waarmee = opsomming([*["een wachtwoord"] * feit.wachtwoord, *["het account van het werk"] * feit.oidc])
            return (
                f"Aanmelden vanaf {datum(feit.vanaf)}: met {waarmee}, een tweede stap voor {stap}, afgemeld na "
                f"{feit.stil_minuten} minuten zonder werk en na {feit.hoogstens_uren} uur."
            )
        case g.ReglementVersieToegevoegd():
            hoe = f"{address(feit.toelichting)} " if feit.toelichting else ""
            wat = f"Versie van reglement **{veilig(feit.reglement)}** voor klachten vanaf {datum(feit.geldig_vanaf)}."
            return f"{wat} {hoe}Akkoord van {bij_naam(feit.akkoord_door)}."
        case g.ReglementGekozen():
            akkoord = f" Akkoord van {bij_naam(feit.akkoord_door)}." if feit.akkoord_door else ""
            return f"Reglement **{veilig(feit.reglement)}** gekozen voor klachten vanaf {datum(feit.vanaf)}.{akkoord}"
        case g.HuisstijlGesteld():
            return f"Huisstijl vanaf {datum(feit.vanaf)}: {'; '.join(style(feit))}."
        case g.SjabloonToegevoegd():
            waarom = f" {address(feit.toelichting)}" if feit.toelichting else ""
            return f"Eigen sjabloon van **{letter(feit.brief)}** voor brieven vanaf {datum(feit.vanaf)}.{waarom}"
        case g.SjabloonBeeindigd():
            return f"Eigen sjabloon van **{letter(feit.brief)}** tot en met {datum(feit.laatste_dag)}."
        case g.HerinneringsregelGesteld():
            wat = reminder(feit) if remind(feit) else f"niet meer herinneren aan {WAARVOOR[feit.waarvoor]}."
            return f"Vanaf {datum(feit.vanaf)}: {wat[:1].lower()}{wat[1:]}"
        case g.DagenGelijkgesteld():
            return f"Gelijkgesteld aan een feestdag: {opsomming(map(datum, feit.dagen))} ({veilig(feit.naam)})."
    return ""


def _person(feit: Gebeurtenis, reglement: Reglement) -> str:
    match feit:
        case g.PersoonToegevoegd():
            wat = f": {namen}" if (namen := _texts(feit)) else ""
            return f"Werkt hier vanaf {datum(feit.vanaf)}{wat}{_where(feit.vestiging, reglement)}."
        case g.PersoonGewijzigd():
            wat = _texts(feit) or "gegevens gewijzigd"
            return f"Vanaf {datum(feit.vanaf)}: {wat}{_where(feit.vestiging, reglement)}."
        case g.RolGegeven():
            waar = _where(feit.vestiging, reglement)
            return f"Rol **{_rol(feit.rol)}** vanaf {datum(feit.vanaf)}{tot_en_met(feit.tot)}{waar}."
        case g.RolBeeindigd():
            return f"Rol **{_rol(feit.rol)}** tot en met {datum(feit.laatste_dag)}."
        case g.AfwezigheidGemeld() | g.AfwezigheidGewijzigd():
            wat = "gemeld" if isinstance(feit, g.AfwezigheidGemeld) else "gewijzigd"
            tot = tot_en_met(feit.tot) or ", einde nog niet bekend"
            vervanger = f", vervanger {bij_naam(feit.vervanger)}" if feit.vervanger else ""
            return f"Afwezigheid {feit.afwezigheid} {wat}: vanaf {datum(feit.van)}{tot}{vervanger}."
        case g.AfwezigheidVervallen():
            return f"Afwezigheid {feit.afwezigheid} vervallen."
        case g.PersoonVertrokken():
            aan = opsomming(map(bij_naam, feit.overgedragen_aan))
            over = f" Werk overgedragen aan {aan}." if aan else ""
            return f"Vertrokken; de laatste dag is {datum(feit.laatste_dag)}.{over}"
        case g.PersoonGewist():
            return f"De naam en het e-mailadres zijn gewist: {g.GRONDEN.get(feit.grond, feit.grond).lower()}."
        case g.WissenVoorgesteld():
            return f"Voorgesteld om de naam en het e-mailadres te wissen: {g.GRONDEN[feit.grond].lower()}."
        case g.WissenAfgewezen():
            return "Het voorstel om te wissen is afgewezen of ingetrokken."
        case g.BewaarplichtGesteld():
            return f"Moet bewaard blijven{tot_en_met(feit.tot)}."
        case g.BewaarplichtOpgeheven():
            return "Hoeft niet langer bewaard te blijven dan de termijn."
    return ""


def style(feit: g.HuisstijlGesteld) -> list[str]:
    """Say what a style of the house is, in Markdown, part by part."""
    uit = [f"kleur van titels **{feit.kleur}**", f"kleur van kleine tekst **{feit.tweede_kleur}**"]
    uit += [f"lettertype **{veilig(feit.lettertype)}**", "met logo" if feit.document else "zonder logo"]
    for naam, waarde in (("ondertekening", feit.ondertekening), ("onderaan", feit.voettekst)):
        uit += [f"{naam} **{address(waarde, tussen=' / ')}**"] if waarde else []
    return uit


def reminder(feit: g.HerinneringsregelGesteld) -> str:
    """Say what a rule for reminders does."""
    voor = [n for n in feit.dagen_voor if n]
    eenheid = ("werkdag" if feit.werkdagen else "dag") + ("" if voor == [1] else "en")
    delen = [f"{opsomming(map(str, voor))} {eenheid} voor de laatste dag"] if voor else []
    if 0 in feit.dagen_voor:
        delen.append("op de dag zelf" if voor else "op de laatste dag zelf")
    if feit.daarna:
        delen.append("elke werkdag erna" if delen else "elke werkdag na de laatste dag")
    wie = opsomming(f"de {_rol(rol)}" for rol in feit.rollen)
    ladder = (("coordinator", feit.coordinator_na), ("directie", feit.directie_na))
    erbij = [f"vanaf {aantal(na, 'werkdag', 'werkdagen')} te laat ook aan de {_rol(rol)}" for rol, na in ladder if na]
    zin = ", ".join([opsomming(delen), f"vanaf {hour(feit)}.00 uur", f"aan {wie}", *erbij])
    return f"Aan {WAARVOOR[feit.waarvoor]}: {zin}."


def letter(id: str) -> str:
    """Return what a letter is called; one of a newer program by its id."""
    return veilig(BRIEVEN[id].naam if id in BRIEVEN else id)


def rolperiode(periode: organisatie.Rolperiode, reglement: Reglement) -> str:
    """Say which role somebody has from when, in Markdown: '**Behandelaar** vanaf 1 januari 2026'."""
    waar = _where(periode.vestiging, reglement)
    return f"**{ROLLEN[periode.rol]}** vanaf {datum(periode.van)}{tot_en_met(periode.tot)}{waar}"


def address(tekst: str, tussen: str = ", ") -> str:
    """Return what was typed on several lines as one, in Markdown."""
    return veilig(tussen.join(regel.strip() for regel in tekst.splitlines() if regel.strip()))


def _rol(rol: str) -> str:
    return ROLLEN[rol].lower()


def _where(vestiging: str, reglement: Reglement) -> str:
    return f", vestiging {veilig(reglement.naam_van('vestigingen', vestiging))}" if vestiging else ""


def _texts(feit: Gebeurtenis) -> str:
    return "; ".join(f"{LABELS[naam]} **{address(tekst)}**" for naam, tekst in feit.teksten().items() if naam in LABELS)
