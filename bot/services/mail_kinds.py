"""Every kind of e-mail to clients: how it is drawn as it leaves, what follows once settled."""

from bot.services.dunning.mailing import STEP_MAIL, step_mail_kind
from bot.services.mail.drawing import Kinds

MAIL_KINDS: Kinds = {STEP_MAIL: step_mail_kind()}
