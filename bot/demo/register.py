"""What the public registers would say of the demo's companies; every one of them is invented.

One company of the ledger is in liquidation, one in redressement, one struck off, one loses money,
one hides its accounts, two names sound alike; the others are ordinary.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.demo.ledger import DemoLedger, siren_for

_ACTIVITIES = {
    "Menuiserie": "43.32A", "Garage": "45.20A", "Boulangerie": "10.71C", "Charpente": "43.91A",
    "Peinture": "43.34Z", "Transports": "49.41A", "Imprimerie": "18.12Z", "Serrurerie": "43.32B",
    "Paysages": "81.30Z", "Plomberie": "43.22A", "Électricité": "43.21A", "Cartonnage": "17.21A",
    "Fonderie": "24.51Z", "Scierie": "16.10A", "Verrerie": "23.13Z", "Carrelage": "43.33Z",
    "Maçonnerie": "43.99C", "Cuisines": "31.02Z", "Logistique": "52.29A", "Clinique": "86.10Z",
    "Brasserie": "11.05Z",
}  # fmt: skip
_OTHER_ACTIVITY = "25.62B"
_FORMS = {
    "SARL": "5499",
    "EURL": "5498",
    "SAS": "5710",
    "SASU": "5720",
    "SA": "5599",
    "SNC": "5202",
}
_POSTCODES = {
    "Lyon": "69003", "Nantes": "44000", "Rennes": "35000", "Tours": "37000", "Quimper": "29000",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """One year's published accounts, in euros; a hidden year says no turnover and no result."""

    year: int
    turnover: int
    result: int
    equity: float
    liquidity: float
    supplier_days: float
    confidentiality: str = "Public"


@dataclass(frozen=True, slots=True)
class Publication:
    """A legal notice: its family, its words, and when it is published.

    `days_ago` counts back from the demo's first day; a negative one is still to come.
    """

    family: str
    days_ago: int
    nature: str = ""
    complement: str = ""
    descriptive: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """One company as the registers have it."""

    siren: str
    name: str
    town: str
    activity: str
    legal_form: str
    created_on: date
    headcount: str = "11"
    closed_on: date | None = None
    is_masked: bool = False
    figures: tuple[Figures, ...] = ()
    publications: tuple[Publication, ...] = ()

    @property
    def postcode(self) -> str:
        """Return an invented postcode that stays with the town."""
        return _POSTCODES.get(self.town, f"{10_000 + sum(map(ord, self.town)) % 80 * 1000:05d}")


@dataclass(frozen=True, slots=True)
class Register:
    """Every invented company, by SIREN, as of the demo's day."""

    today: date
    companies: dict[str, Registered] = field(default_factory=dict)

    def named(self, words: Iterable[str]) -> list[Registered]:
        """Return the companies whose name holds every word, whatever its case."""
        wanted = [word.casefold() for word in words]
        found = (c for c in self.companies.values() if not c.is_masked)
        return [c for c in found if all(word in c.name.casefold() for word in wanted)]


def register_of(ledger: DemoLedger) -> Register:
    """Return what the registers say of a ledger's clients and of a few prospects beside them."""
    today = ledger.today
    companies = [
        _ordinary(client.code, client.name, client.town, today)
        for client in ledger.clients
        if client.kind != "till"
    ]
    companies += [_ordinary(code, name, town, today) for code, name, town in _PROSPECTS]
    told = [_told(company, today) for company in companies]
    masked = replace(
        _ordinary("P-MASK", "[NON-DIFFUSIBLE]", "Rennes", today),
        legal_form="1000", is_masked=True, figures=(), headcount="NN",
    )  # fmt: skip
    return Register(today, {company.siren: company for company in [*told, masked]})


_PROSPECTS = (
    ("P-LEF", "Lefèvre Peinture SAS", "Lyon"),
    ("P-BRA", "Brasserie Kervadec SAS", "Quimper"),
    ("P-NEW", "Cuisines Gravelle SASU", "Nantes"),
)


def _ordinary(code: str, name: str, town: str, today: date) -> Registered:
    siren = siren_for(code)
    chance = int(siren[2:8])
    words = name.removesuffix(" (douteux)").split()
    activity = next((_ACTIVITIES[w] for w in words if w in _ACTIVITIES), _OTHER_ACTIVITY)
    years = tuple(
        Figures(
            today.year - 1 - back,
            turnover := 600_000 + chance % 37 * 90_000 - back * 20_000,
            turnover * (2 + chance % 5) // 100,
            28.0 + chance % 30,
            115.0 + chance % 90,
            38.0 + chance % 25,
        )
        for back in range(3)
    )
    return Registered(
        siren=siren,
        name=" ".join(words),
        town=town,
        activity=activity,
        legal_form=_FORMS.get(words[-1], "5710"),
        created_on=date(1994 + chance % 25, 1 + chance % 12, 1 + chance % 28),
        figures=years if code != "P-NEW" else (),
    )


def _told(company: Registered, today: date) -> Registered:
    """Return a company with its part in the story, when it has one."""
    story = {
        siren_for("CDOUT"): _liquidated,
        siren_for("C0444"): _reorganised,
        siren_for("C0445"): _struck_off,
        siren_for("C0330"): _losing_money,
        siren_for("C0500"): _hidden,
        siren_for("P-NEW"): _young,
    }.get(company.siren)
    return story(company, today) if story else company


def _liquidated(company: Registered, today: date) -> Registered:
    """It is still active in the register, as such companies are until they are struck off."""
    said = "Ouvre les opérations de la liquidation judiciaire. Les déclarations des créances sont à"
    published = Publication(
        "collective",
        24,
        "Autre jugement et ordonnance",
        f"{said} adresser au liquidateur dans les deux mois de la présente publication.",
    )
    return replace(company, publications=(published,))


def _reorganised(company: Registered, today: date) -> Registered:
    nature = "Jugement d'ouverture d'une procédure de redressement judiciaire"
    return replace(company, publications=(Publication("collective", 40, nature),))


def _struck_off(company: Registered, today: date) -> Registered:
    published = Publication("radiation", 70)
    return replace(company, closed_on=today - timedelta(days=90), publications=(published,))


def _losing_money(company: Registered, today: date) -> Registered:
    """It pays its own suppliers late and later; tomorrow's BODACC opens a proceeding."""
    worse = tuple(
        replace(f, result=-f.turnover * (9 - 3 * back) // 100, equity=4.0 + 9 * back,
                liquidity=71.0 + 15 * back, supplier_days=104.0 - 14 * back)
        for back, f in enumerate(company.figures)
    )  # fmt: skip
    nature = "Jugement d'ouverture d'une procédure de redressement judiciaire"
    return replace(company, figures=worse, publications=(Publication("collective", -1, nature),))


def _hidden(company: Registered, today: date) -> Registered:
    said = (
        "Les comptes annuels sont accompagnés d'une déclaration de confidentialité en application "
        "de l'article L. 232-25."
    )
    figures = tuple(
        replace(f, turnover=0, result=0, confidentiality="Partiellement confidentiel")
        for f in company.figures[:1]
    )
    return replace(
        company, figures=figures, publications=(Publication("dpc", 150, descriptive=said),)
    )


def _young(company: Registered, today: date) -> Registered:
    return replace(company, created_on=today - timedelta(days=210), headcount="NN")
