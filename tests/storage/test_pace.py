"""The pace towards Slack: per channel, per workspace, per method, through the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from storage.pace import POSTS, UNPACED, Allowances, PaceRules, block, post_to
from storage.unit_of_work import Database
from tests.storage.queue_rows import (
    NOW,
    OTHER,
    WORKSPACE,
    keys,
    taken_now,
    told,
    two_workspaces,
)

RULES = PaceRules()


@pytest.fixture(autouse=True)
def _tenants(database: Database) -> None:
    two_workspaces(database)


def take(
    database: Database,
    *names: str,
    now: datetime = NOW,
    rules: PaceRules = RULES,
    workspace_id: int = WORKSPACE,
    times: int = 1,
) -> Sequence[datetime | None]:
    with database.write() as uow:
        allowances = Allowances(uow.session, workspace_id, names, now, rules)
        answers = [allowances.take(*names) for _ in range(times)]
        allowances.save()
        uow.commit()
    return answers


def test_a_channel_gets_one_post_a_second(database: Database) -> None:
    take(database, post_to("C1"))
    refused = take(database, post_to("C1"), now=NOW + timedelta(milliseconds=400))
    assert refused == [NOW + timedelta(seconds=1)]
    assert take(database, post_to("C1"), now=NOW + timedelta(seconds=1)) == [None]


def test_another_channel_need_not_wait(database: Database) -> None:
    take(database, post_to("C1"))
    assert take(database, post_to("C2")) == [None]


def test_a_workspace_gets_240_posts_a_minute(database: Database) -> None:
    granted = 0
    for tenth in range(600):
        at = NOW + timedelta(milliseconds=100 * tenth)
        granted += take(database, POSTS, now=at).count(None)
    assert 236 <= granted <= 245


def test_the_ceiling_can_be_lifted(database: Database) -> None:
    rules = PaceRules(posts_a_minute=None)
    assert set(take(database, POSTS, rules=rules, times=1000)) == {None}


def test_edits_keep_to_their_tier(database: Database) -> None:
    answers = take(database, "chat.update", times=5)
    assert answers[0] is None
    assert answers[-1] is not None


def test_retry_after_is_honoured(database: Database) -> None:
    with database.write() as uow:
        until = block(uow.session, workspace_id=WORKSPACE, name=POSTS, now=NOW, seconds=30)
        uow.commit()
    assert take(database, post_to("C1"), now=NOW + timedelta(seconds=29)) == [until]
    assert take(database, post_to("C1"), now=until) == [None]


def test_a_clock_that_went_back_does_not_block_for_ever(database: Database) -> None:
    take(database, post_to("C1"), now=NOW + timedelta(days=2))
    assert take(database, post_to("C1"), now=NOW) == [None]


def test_no_pace_waits_for_nothing(database: Database) -> None:
    assert take(database, post_to("C1"), rules=UNPACED, times=3) == [None, None, None]


def test_another_workspace_has_its_own_pace(database: Database) -> None:
    take(database, post_to("C1"))
    assert take(database, post_to("C1"), workspace_id=OTHER) == [None]


def test_messages_are_taken_at_the_pace_and_the_rest_told_when(database: Database) -> None:
    with database.write() as uow:
        for key in ("a", "b"):
            told(uow.session, key, channel="C1")
        told(uow.session, "c", channel="C2")
        uow.commit()
    assert keys(taken_now(database, pace=RULES)) == ["a", "c"]
    again = taken_now(database, pace=RULES)
    assert (keys(again), again.next_at) == ([], NOW + timedelta(seconds=1))
    later = taken_now(database, pace=RULES, now=NOW + timedelta(seconds=1))
    assert keys(later) == ["b"]
