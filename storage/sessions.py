"""The session's type, for services that hand it from one query to the next."""

from sqlmodel import Session as Session
