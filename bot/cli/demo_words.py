"""The demo's Slack: who is there, which channels, what can be typed, and where to click."""

from bot.demo import companies
from bot.demo.companies import ANNE, FIONA, KARIM, NADIA, PEOPLE
from bot.playground.config import Command, MessageShortcut, SeedChannel, SeedUser

_TITLES = {
    ANNE: "Commerciale",
    KARIM: "Commercial (English)",
    NADIA: "Directrice commerciale",
    FIONA: "Credit manager",
}
USERS = tuple(
    SeedUser(
        id=person.slack_user_id,
        name=person.email.partition("@")[0],
        real_name=person.name,
        email=person.email,
        locale=person.locale,
        title=_TITLES[person],
    )
    for person in PEOPLE
)
EXAMPLE_RATE = {"legal": "2.62", "ecb": "2.15", "source": "taux d'exemple"}
CHANNELS = (
    SeedChannel(
        ANNE.channel, "clients-anne", (ANNE.slack_user_id, NADIA.slack_user_id), topic="Clients"
    ),
    SeedChannel(
        KARIM.channel, "clients-karim", (KARIM.slack_user_id, NADIA.slack_user_id), topic="Clients"
    ),
    SeedChannel(
        companies.FINANCE_CHANNEL,
        "compta",
        (FIONA.slack_user_id, NADIA.slack_user_id),
        topic="Recouvrement",
    ),
)
COMMANDS = (
    Command("/balance", "Le solde d’un client, en privé", "nom, code, SIREN ou facture"),
    Command("/solde", "Le solde d’un client, en privé", "nom, code, SIREN ou facture"),
    Command("/solvency", "Peut-on vendre à cette entreprise ?", "SIREN, code ou nom, montant"),
    Command("/solvabilite", "Peut-on vendre à cette entreprise ?", "SIREN, code ou nom, montant"),
    Command("/goodcop", "Aide, réglages, imports, ma journée", "aide"),
)
SHORTCUTS = (MessageShortcut("log_as_note", "Noter pour goodcop"),)
WELCOME = (
    "",
    "  goodcop demo: open {url}",
    "",
    "  You are Anne, in her own channel. Try, in this order:",
    "   1. read the alert on Menuiserie Roy, press « Noter l’échange », promise a payment",
    "   2. type  /balance dupont  in the composer",
    "   3. hand a file to finance (⋯ → Transmettre), become Fiona (top right), take it in #compta",
    "   4. type  /solvency Menuiserie Roy 12000  before an offer",
    "   5. open « goodcop · Accueil », prepare a reminder, send it: it is in « Boîte d’envoi »",
    "   6. at the bottom left, « Un relevé bancaire » keeps the promise before the books do;",
    "      Fiona says whose the other receipt is; then « Demain matin »",
    "  Karim reads English. Ctrl-C ends the demo; nothing is kept.",
    "",
)
