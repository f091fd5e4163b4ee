"""The invented company of the demo, its people and the clients it sells to. None of them exist."""

from dataclasses import dataclass

SELLER_NAME = "Atelier des Deux Rives"
SELLER_SIREN = "996527057"
SELLER_IBAN = "FR7699999000420000123456735"  # of a bank that does not exist
SELLER_EMAIL = "recouvrement@deuxrives.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the company, as the playground and the people file know them."""

    slack_user_id: str
    name: str
    email: str
    roles: str
    channel: str
    manager: str
    locale: str


ANNE = DemoPerson(
    "U0ANNE", "Anne Delorme", "anne@deuxrives.example", "sales", "C0ANNE",
    "nadia@deuxrives.example", "fr-FR",
)  # fmt: skip
KARIM = DemoPerson(
    "U0KARIM", "Karim Benali", "karim@deuxrives.example", "sales", "C0KARIM",
    "nadia@deuxrives.example", "en-US",
)  # fmt: skip
NADIA = DemoPerson(
    "U0NADIA", "Nadia Ferrand", "nadia@deuxrives.example", "manager", "", "", "fr-FR"
)
FIONA = DemoPerson(
    "U0FIONA", "Fiona Marchetti", "fiona@deuxrives.example", "finance,admin", "", "", "fr-FR"
)
PEOPLE = (ANNE, KARIM, NADIA, FIONA)
FINANCE_CHANNEL = "C0FINANCE"

TOWNS = (
    "Lyon", "Nantes", "Rennes", "Angers", "Dijon", "Tours", "Reims", "Annecy", "Valence", "Quimper",
    "Limoges", "Poitiers", "Colmar", "Albi", "Vannes", "Troyes", "Chartres", "Béziers", "Laval",
)  # fmt: skip
TRADES = (
    "Menuiserie", "Garage", "Atelier", "Boulangerie", "Charpente", "Peinture", "Transports",
    "Imprimerie", "Serrurerie", "Paysages", "Plomberie", "Électricité", "Cartonnage", "Fonderie",
    "Scierie", "Verrerie", "Carrelage", "Maçonnerie", "Cuisines", "Logistique",
)  # fmt: skip
SURNAMES = (
    "Lemoine", "Baudry", "Castagne", "Vauclair", "Tessier", "Moulinet", "Orsini", "Guérande",
    "Pellissier", "Rochebrune", "Sénéchal", "Thibaudeau", "Valmont", "Quesnel", "Josselin",
    "Hautbois", "Fontanel", "Estrade", "Douville", "Corbières", "Bressac", "Aubrac", "Marsange",
    "Lorient", "Kervadec", "Isnard", "Hersent", "Gravelle", "Fauvel", "Escoffier", "Delattre",
)  # fmt: skip
FORMS = ("SARL", "SAS", "SASU", "EURL", "SA", "SNC")
FIRST_NAMES = (
    "Claire", "Julien", "Sophie", "Marc", "Hélène", "Thomas", "Inès", "Bruno", "Élodie", "Paul",
)  # fmt: skip
FUNCTIONS = ("accounts", "management", "purchasing")
