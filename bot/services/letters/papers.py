"""A document as it is shown."""

from bot.rendering.paper_views import PaperView
from storage.papers import PaperLine


def paper_view(line: PaperLine) -> PaperView:
    """Return a document as Slack shows it."""
    return PaperView(
        paper_id=line.id,
        kind=line.kind,
        reference=line.reference,
        state=line.state,
        client=line.client,
        minor=line.minor,
        currency=line.currency,
        deadline=line.deadline_on,
        posted_on=line.posted_on,
        tracking=line.tracking,
        received_on=line.received_on,
        stage=line.stage,
        stages=line.stages,
    )
