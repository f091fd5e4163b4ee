"""The bank's statement of the demo: what came in today, as a CAMT.053 document (ISO 20022)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment

from bot.demo import companies
from bot.demo.ledger import DemoLedger

_DOCUMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
  <BkToCstmrStmt>
    <Stmt>
      <Id>{{ day }}</Id>
      <FrToDt><FrDtTm>{{ day }}T00:00:00</FrDtTm><ToDtTm>{{ day }}T23:59:59</ToDtTm></FrToDt>
      <Acct><Id><IBAN>{{ iban }}</IBAN></Id><Ccy>EUR</Ccy></Acct>
      {% for one in transfers %}
      <Ntry>
        <Amt Ccy="EUR">{{ one.euros }}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>{{ day }}</Dt></BookgDt>
        <NtryDtls>
          <TxDtls>
            <Refs><AcctSvcrRef>{{ day }}-{{ loop.index }}</AcctSvcrRef></Refs>
            <RltdPties><Dbtr><Nm>{{ one.payer }}</Nm></Dbtr></RltdPties>
            <RmtInf><Ustrd>{{ one.text }}</Ustrd></RmtInf>
          </TxDtls>
        </NtryDtls>
      </Ntry>
      {% endfor %}
    </Stmt>
  </BkToCstmrStmt>
</Document>
"""
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that came in: from whom, with which words."""

    payer: str
    text: str
    cents: int

    @property
    def euros(self) -> str:
        """Return the amount as XML writes it."""
        return f"{self.cents // 100}.{self.cents % 100:02d}"


def receive(ledger: DemoLedger, clear: str, vague: str) -> list[Transfer]:
    """Let two clients pay what is due by transfer; the books will have it from the next day on.

    The first names its invoices; the second writes no number and half its name, so that finance
    must say what it is. One who owes nothing that is due is left out.
    """
    found = []
    for code, says_what in ((clear, True), (vague, False)):
        due = [one for one in ledger.due_invoices(code) if one.pays_on is None]
        if not due:
            continue
        for invoice in due:
            invoice.pays_on = ledger.today
        client = due[0].client
        numbers = " ".join(invoice.number for invoice in due)
        payer = client.name.upper() if says_what else client.name.split()[0].upper()
        text = f"VIREMENT {numbers}" if says_what else "REGLEMENT FACTURE"
        found.append(Transfer(payer, text, sum(invoice.open_cents for invoice in due)))
    return found


def write_statement(transfers: Sequence[Transfer], on: date, folder: Path) -> Path:
    """Write the statement of a day; return its path."""
    path = folder / f"releve-{on:%Y%m%d}.xml"
    iban, day = companies.SELLER_IBAN, on.isoformat()
    path.write_text(_DOCUMENT.render(iban=iban, day=day, transfers=transfers), encoding="utf-8")
    return path
