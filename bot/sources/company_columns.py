"""Names that columns go by in files about companies: insurers, agencies, groups, prospects."""

KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "insurers": {
        "siren": ("siret, n siren, numero siren, siren siret, identifiant, company id",),
        "insurer": ("assureur, compagnie, assureur credit, credit insurer",),
        "policy": ("police, contrat, n police, numero de police, policy number, contract",),
        "granted_amount": (
            "montant, montant accorde, agrement, garantie, montant garanti, limite, "
            "limite accordee, encours garanti, granted, limit, credit limit, amount",
        ),
        "insured_share": ("quotite, quotite garantie, part assuree, taux, insured, cover rate",),
        "grade": ("note, notation, cotation, rating, score",),
        "valid_until": (
            "validite, date de fin, fin, fin de validite, jusqu au, echeance, expiry, valid to",
        ),
        "currency": ("devise, monnaie, code devise, currency code",),
    },
    "grades": {
        "siren": ("siret, n siren, numero siren, siren siret, identifiant",),
        "agency": ("agence, source, fournisseur, provider",),
        "rating": ("note, notation, cotation, score, grade",),
        "grade": ("note a e, classe, goodcop",),
    },
    "links": {
        "siren": ("siret, n siren, numero siren, filiale, subsidiary",),
        "parent_siren": ("siren parent, siren groupe, siren mere, actionnaire, holder, parent",),
        "share": ("part, pourcentage, detention, share percent, percent",),
        "source": ("origine, agence",),
    },
    "prospects": {
        "siren": ("siret, n siren, numero siren, siren siret, identifiant",),
        "name": ("nom, raison sociale, societe, entreprise, prospect, company, company name",),
        "town": ("ville, commune, city",),
        "owner": ("commercial, vendeur, responsable, sales rep, account manager",),
        "priority": ("priorite, rang",),
    },
}
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "insurers": (("siren",), ("granted_amount",)),
    "grades": (("siren",), ("rating", "grade")),
    "links": (("siren",), ("parent_siren",)),
    "prospects": (("siren", "name"),),
}
