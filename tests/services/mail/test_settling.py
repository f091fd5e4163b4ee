"""E-mails that may have arrived: a person says which; only then one leaves again, once."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.actors import Actor, system
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.lifecycle import Role
from bot.domain.mailing import EmailState
from bot.services.mail.drawing import MailKind, NotSent
from bot.services.mail.settling import SettlingService
from storage.tables.mail import Email
from storage.unit_of_work import Database
from tests.services.mail.test_bounces import Post


class Unsure(Post):
    """A company that does not know whether its e-mail arrived."""

    def become(self, state: EmailState) -> None:
        with self.database.write() as uow:
            row = uow.session.get_one(Email, (self.workspace_id, self.id))
            row.state = state.value
            uow.session.add(row)
            uow.commit()

    def settle(self, *, again: bool, actor: Actor | None = None) -> None:
        kind = MailKind(lambda _: NotSent("never drawn here"), self._hear)
        service = SettlingService(self.database, lambda: self.now, {"step": kind})
        service.settle(actor or system(self.workspace_id), self.id, again=again)


@pytest.fixture
def post(database: Database, now: datetime, tmp_path: Path) -> Unsure:
    made = Unsure(database, now, tmp_path)
    made.become(EmailState.UNKNOWN)
    return made


def test_what_arrived_is_sent(post: Unsure) -> None:
    post.settle(again=False)
    assert post.email().state is EmailState.SENT
    assert post.heard == [(EmailState.SENT, "")]


def test_what_did_not_arrive_leaves_again(post: Unsure) -> None:
    post.settle(again=True)
    assert post.email().state is EmailState.PENDING
    assert post.heard == [(EmailState.PENDING, "")]


def test_a_second_answer_changes_nothing(post: Unsure) -> None:
    post.settle(again=False)
    with pytest.raises(Conflict):
        post.settle(again=True)
    assert post.email().state is EmailState.SENT


@pytest.mark.parametrize("state", [one for one in EmailState if one is not EmailState.UNKNOWN])
def test_only_what_nobody_knows_can_be_settled(post: Unsure, state: EmailState) -> None:
    post.become(state)
    with pytest.raises(Conflict):
        post.settle(again=True)


def test_the_owner_may_and_somebody_else_may_not(post: Unsure) -> None:
    sales = frozenset({Role.SALES})
    with pytest.raises(NotAllowed):
        post.settle(again=False, actor=Actor(post.workspace_id, 1, roles=sales))
    post.settle(again=False, actor=Actor(post.workspace_id, post.anne, roles=sales))
    assert post.email().state is EmailState.SENT


def test_another_workspace_s_e_mail_is_not_found(post: Unsure) -> None:
    with pytest.raises(NotFound):
        post.settle(again=False, actor=system(post.workspace_id + 1))
