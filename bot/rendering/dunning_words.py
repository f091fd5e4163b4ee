"""What is refused of scenarios and steps, for its reader; the braces are values."""

from bot.rendering.vocabulary import N_

DUNNING = (
    N_("scenario: {place}: {why}"),
    N_("is not a key of a scenario (profile, steps)"),
    N_("is not a key of a step"),
    N_("holds one scenario or more, each for another profile"),
    N_("must hold 1 to {most} steps"),
    N_("must hold a step after the due date"),
    N_("must be later than the step before"),
    N_("must be one of {listed}"),
    N_("is small letters, digits and _, 40 at most"),
    N_("cannot be 0: nobody is reminded on the due day"),
    N_("goodcop itself only writes e-mails"),
    N_("a decision is finance's"),
    N_("names the text that the e-mail sends"),
    N_("one courtesy before the due date is enough"),
    N_("No scenario waits to be activated."),
    N_("The last day comes after the first, three years later at most."),
    N_("There is no such step."),
    N_("Somebody changed this scenario meanwhile: open it again."),
    N_("Somebody changed this text meanwhile: open it again."),
    N_("This step is no e-mail that can be sent."),
    N_("This step was done already."),
    N_("Nobody at this client can be written to: there is no e-mail address."),
    N_("Nothing is asked of this client any more: it is not sent."),
    N_("What is owed changed since this was written: read it over."),
    N_("There is no late-payment rate for {half}: the text names interest."),
)
DUNNING_VALUE_FIRST = (
    N_("{key} is used twice"),
    N_("{word} is no sort of payer: {known}."),
)
