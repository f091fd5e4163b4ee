"""Documents put into the finance channel of a Slack that is strict about it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.errors import PermanentDeliveryError, TemporaryDeliveryError
from bot.domain.job_kinds import JobKind
from bot.outlets.slack_uploads import SlackUploads
from bot.playground.config import PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.server import Playground, create, serve
from bot.services.delivery.job_queue import JobQueue, JobToDo
from bot.services.letters.service import LetterService
from bot.services.letters.sharing import SharingPapers
from bot.services.workspaces.installing import InstallationService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company

CONFIG = PlaygroundConfig(
    users=[SeedUser("UFIONA", "fiona", "Fiona")],
    channels=[SeedChannel("CFINANCE", "finance", ["UFIONA"])],
    rate_limits=False,
)


@pytest.fixture
def playground() -> Iterator[Playground]:
    with serve(create(CONFIG)) as served:
        yield served.playground


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    Books(database, made.workspace_id, made.entity_id)
    return made


def install(database: Database, company: Company, playground: Playground) -> None:
    """Give the workspace its token."""
    InstallationService(database, Clock()).install(
        team_id=playground.config.team_id,
        team_name="Atelier",
        bot_token=playground.config.bot_token,
        bot_user_id=playground.config.bot_user_id,
        bot_id=playground.config.bot_id,
    )


def share_job(database: Database, company: Company) -> JobToDo:
    """Make a statement and return the job that shares it."""
    letters = LetterService(database, Clock())
    letters.make_statement(company.fiona, company.client_id, key="s", today=TUESDAY)
    queue = JobQueue(database, Clock(AT_TEN + timedelta(minutes=1)))
    job = queue.take(company.workspace_id, [JobKind.SHARE_PAPER])
    assert job is not None
    return job


def sharing(database: Database, playground: Playground) -> SharingPapers:
    """Return what shares, through the playground."""
    return SharingPapers(database, Clock(), SlackUploads(f"{playground.slack.base_url}/api/"))


def test_a_letter_comes_into_the_finance_channel_once(
    database: Database, company: Company, playground: Playground
) -> None:
    install(database, company, playground)
    job = share_job(database, company)
    sharing(database, playground).share(job)
    sharing(database, playground).share(job)
    shared = [post for post in playground.posts() if post.get("files")]
    assert [post["channel"] for post in shared] == ["CFINANCE"]


def test_without_slack_it_stays_where_it_is(
    database: Database, company: Company, playground: Playground
) -> None:
    sharing(database, playground).share(share_job(database, company))
    assert playground.posts() == []


def test_an_unsafe_channel_gets_nothing(
    database: Database, company: Company, playground: Playground
) -> None:
    install(database, company, playground)
    books = Books(database, company.workspace_id, company.entity_id)
    books.add("unsafe_channel", channel="CFINANCE", troubles="guests", found_at=AT_TEN)
    with pytest.raises(TemporaryDeliveryError):
        sharing(database, playground).share(share_job(database, company))
    assert playground.posts() == []


def test_what_slack_will_never_take_is_said(playground: Playground) -> None:
    uploads = SlackUploads(f"{playground.slack.base_url}/api/")
    with pytest.raises(PermanentDeliveryError):
        uploads.upload(
            playground.config.bot_token,
            channel="CNOWHERE",
            thread="",
            name="a.pdf",
            title="a",
            content=b"x",
        )


def test_a_slack_that_is_down_is_asked_again() -> None:
    with pytest.raises(TemporaryDeliveryError):
        SlackUploads("http://127.0.0.1:9/api/").upload(
            "xoxb-x", channel="C", thread="", name="a.pdf", title="a", content=b"x"
        )
