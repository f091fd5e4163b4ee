"""The page's own words, in French and English; the app's texts are the app's business."""

WORDS: dict[str, tuple[str, str]] = {
    "channels": ("Canaux", "Channels"),
    "direct": ("Messages directs", "Direct messages"),
    "home": ("Accueil", "Home"),
    "outbox": ("Boîte d’envoi", "Outbox"),
    "outbox_about": (
        "Les e-mails partis, tels que les clients les reçoivent",
        "The e-mails that left, as clients receive them",
    ),
    "no_mail": ("Aucun e-mail n’est encore parti.", "No e-mail has left yet."),
    "from": ("De", "From"),
    "reply_to": ("Réponse à", "Reply to"),
    "to": ("À", "To"),
    "apps": ("Applications", "Apps"),
    "act_as": ("Vous êtes", "You are"),
    "thread": ("Fil de discussion", "Thread"),
    "reply_one": ("1 réponse", "1 reply"),
    "replies": ("{n} réponses", "{n} replies"),
    "reply_in": ("Répondre…", "Reply…"),
    "write": ("Écrire un message ou /commande", "Write a message or a /command"),
    "send": ("Envoyer", "Send"),
    "only_you": ("Visible uniquement par vous", "Only visible to you"),
    "edited": ("(modifié)", "(edited)"),
    "close": ("Fermer", "Close"),
    "cancel": ("Annuler", "Cancel"),
    "submit": ("Valider", "Submit"),
    "more": ("Autres actions", "More actions"),
    "optional": ("(facultatif)", "(optional)"),
    "choose": ("Choisir", "Choose"),
    "search": ("Chercher", "Search"),
    "nothing_found": ("Aucun résultat", "No results"),
    "empty": ("Rien ici pour le moment.", "Nothing here yet."),
    "no_home": ("Cet onglet est encore vide.", "This tab is still empty."),
    "demo": ("Démonstration", "Demo"),
    "private": ("canal privé", "private channel"),
    "members": ("{n} membres", "{n} members"),
    "app": ("APP", "APP"),
    "menu": ("Menu", "Menu"),
    "required": ("Ce champ est obligatoire.", "This field is required."),
    "email": ("Indiquez une adresse e-mail valide.", "Enter a valid email address."),
    "number": ("Indiquez un nombre.", "Enter a number."),
    "integer": ("Indiquez un nombre entier.", "Enter a whole number."),
    "too_small": ("Ce nombre est trop petit.", "This number is too small."),
    "too_big": ("Ce nombre est trop grand.", "This number is too big."),
    "too_short": ("Ce texte est trop court.", "This text is too short."),
    "too_long": ("Ce texte est trop long.", "This text is too long."),
    "file_kind": ("Ce type de fichier n’est pas accepté.", "This kind of file is not accepted."),
    "operation_timeout": (
        "L’application n’a pas répondu à temps. Réessayez.",
        "The app did not answer in time. Try again.",
    ),
    "dispatch_failed": (
        "L’application ne répond pas. Réessayez.",
        "The app does not respond. Try again.",
    ),
    "trouble": (
        "L’application a donné une réponse inattendue.",
        "The app gave an unexpected answer.",
    ),
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
EMOJI = {
    "white_check_mark": "✅",
    "warning": "⚠️",
    "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "red_circle": "🔴",
    "large_green_circle": "🟢",
    "handshake": "🤝",
    "double_vertical_bar": "⏸",
    "pause_button": "⏸",
    "tada": "🎉",
    "eyes": "👀",
    "+1": "👍",
    "bulb": "💡",
    "phone": "☎️",
    "telephone_receiver": "📞",
    "memo": "📝",
    "calendar": "📅",
    "moneybag": "💰",
    "x": "❌",
    "bell": "🔔",
    "hourglass": "⌛",
    "page_facing_up": "📄",
    "rotating_light": "🚨",
    "wave": "👋",
}


def language(locale: str) -> str:
    """Return `fr` for French locales, `en` for every other."""
    return "fr" if locale.lower().startswith("fr") else "en"


def word(key: str, lang: str, **values: object) -> str:
    """Return one text of the page."""
    return WORDS[key][0 if lang == "fr" else 1].format(**values)
