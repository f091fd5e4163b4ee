"""Reading a scenario file: every key known, every value of its type, the order made sense of."""

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from bot.domain.documents import mapping, sequence, text, whole
from bot.domain.dunning.scenarios import (
    STEP_NAMES,
    Channel,
    Mode,
    Scenario,
    Step,
    StepActor,
    Tone,
)
from bot.domain.errors import InvalidInput
from bot.domain.profiles import Profile

MOST_STEPS = 12
_MOST_DAYS = 365
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_Word = TypeVar("_Word", bound=StrEnum)


def scenarios_from_document(document: Mapping[str, Any]) -> tuple[Scenario, ...]:
    """Return the scenarios of a file: one, or several under `scenarios`.

    Raise `InvalidInput` naming the step and the key at fault, in words for who wrote it.
    """
    if "scenarios" not in document:
        return (scenario_from_document(document),)
    bodies = sequence(document["scenarios"], "scenarios")
    read = tuple(scenario_from_document(mapping(body, "scenarios")) for body in bodies)
    profiles = [scenario.profile for scenario in read]
    if not read or len(set(profiles)) != len(profiles):
        raise _wrong("scenarios", "holds one scenario or more, each for another profile")
    return read


def scenario_from_document(document: Mapping[str, Any]) -> Scenario:
    """Return the scenario a JSON document describes; raise `InvalidInput` naming what is wrong."""
    for key in document:
        if key not in ("profile", "steps"):
            raise _wrong(str(key), "is not a key of a scenario (profile, steps)")
    profile = _word(Profile, document.get("profile"), "profile")
    bodies = sequence(document.get("steps"), "steps")
    if not 1 <= len(bodies) <= MOST_STEPS:
        raise _wrong("steps", f"must hold 1 to {MOST_STEPS} steps")
    steps = tuple(_step(body, f"steps.{rank}") for rank, body in enumerate(bodies, start=1))
    _check_order(steps)
    return Scenario(profile, steps)


def _step(value: Any, place: str) -> Step:
    body = mapping(value, place)
    for key in body:
        if key not in STEP_NAMES:
            raise _wrong(f"{place}.{key}", "is not a key of a step")
    for key in ("key", "offset_days", "actor", "channel", "tone"):
        if key not in body:
            raise _wrong(f"{place}.{key}", "is missing")
    step = Step(
        key=text(body["key"], f"{place}.key"),
        offset_days=whole(body["offset_days"], f"{place}.offset_days", -60, _MOST_DAYS),
        actor=_word(StepActor, body["actor"], f"{place}.actor"),
        channel=_word(Channel, body["channel"], f"{place}.channel"),
        tone=_word(Tone, body["tone"], f"{place}.tone"),
        mode=_word(Mode, body.get("mode", Mode.DRAFT), f"{place}.mode"),
        contact=text(body.get("contact", ""), f"{place}.contact"),
        minimum_days=whole(body.get("minimum_days", 7), f"{place}.minimum_days", 1, _MOST_DAYS),
        minimum_minor=whole(body.get("minimum_minor", 0), f"{place}.minimum_minor", 0, 10**15),
        text=text(body.get("text", ""), f"{place}.text"),
    )
    _check_step(step, place)
    return step


def _check_step(step: Step, place: str) -> None:
    if not _KEY.fullmatch(step.key):
        raise _wrong(f"{place}.key", "is small letters, digits and _, 40 at most")
    if step.offset_days == 0:
        raise _wrong(f"{place}.offset_days", "cannot be 0: nobody is reminded on the due day")
    if step.actor is StepActor.GOODCOP and step.channel is not Channel.EMAIL:
        raise _wrong(f"{place}.channel", "goodcop itself only writes e-mails")
    if step.channel is Channel.DECISION and step.actor is not StepActor.FINANCE:
        raise _wrong(f"{place}.actor", "a decision is finance's")
    if step.channel is Channel.EMAIL and not step.text:
        raise _wrong(f"{place}.text", "names the text that the e-mail sends")


def _check_order(steps: tuple[Step, ...]) -> None:
    keys = [step.key for step in steps]
    for rank, step in enumerate(steps, start=1):
        if keys.index(step.key) != rank - 1:
            raise _wrong(f"steps.{rank}.key", f"{step.key} is used twice")
    for rank, (before, after) in enumerate(pairwise(steps), start=2):
        if after.offset_days <= before.offset_days:
            raise _wrong(f"steps.{rank}.offset_days", "must be later than the step before")
        if after.is_courtesy:
            raise _wrong(f"steps.{rank}.offset_days", "one courtesy before the due date is enough")
    if all(step.is_courtesy for step in steps):
        raise _wrong("steps", "must hold a step after the due date")


def _word(words: type[_Word], value: Any, place: str) -> _Word:
    try:
        return words(value)
    except ValueError:
        listed = ", ".join(word.value for word in words)
        raise _wrong(place, f"must be one of {listed}") from None


def _wrong(place: str, why: str) -> InvalidInput:
    return InvalidInput(f"scenario: {place}: {why}", field=place)
