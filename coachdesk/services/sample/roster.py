"""The people of the sample: three schools, who teaches there, who leads, and what was agreed with them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.model import Agreement, Colleague, NoSchool, Placement, School, SchoolGoal, SchoolYear, Teacher
from coachdesk.model.agreements import AgreementKind, AgreementStatus, Participation
from coachdesk.model.roster import ColleagueRole, EntryRoute, TeacherStatus
from coachdesk.services.sample.book import Book, Shape
from coachdesk.services.sample.days import Year
from coachdesk.services.sample.words import Writer, ascii_name, data

_SECOND, _THIRD = 8, 5  # of every forty teachers
_SAID_NO = 9  # every ninth teacher of a school says not now, or no
_UNSIGNED = (AgreementStatus.NONE, AgreementStatus.DRAFT)


@dataclass(frozen=True)
class Name:
    given: str
    pronouns: str
    family: str

    def email(self, domain: str) -> str:
        return f"{ascii_name(self.given)}.{ascii_name(self.family)}@{domain}"


@dataclass(frozen=True)
class Coached:
    """A teacher as the work of the sample knows one."""

    id: UUID
    subject: str
    room: str
    willing: bool


@dataclass(frozen=True)
class Place:
    """A school with its goals, its teachers, and the weekdays on which the coach is there."""

    id: UUID
    goals: tuple[UUID, ...]
    weekdays: tuple[int, ...]
    teachers: tuple[Coached, ...] = ()


def sizes(teachers: int) -> tuple[int, int, int]:
    """How many teachers each school has: 27, 8 and 5 of 40."""
    second, third = teachers * _SECOND // 40, teachers * _THIRD // 40
    return teachers - second - third, second, third


def roster(book: Book, writer: Writer, shape: Shape, years: list[Year]) -> tuple[Place, ...]:
    """Write schools, years, goals, people and agreements; answers what the work needs to know of them."""
    for year in years:
        days = {"name": year.name, "first_day": year.first, "last_day": year.last}
        book.add(SchoolYear, year.first, days)
        for off in year.closed:
            free = {"name": off.name, "first_day": off.first, "last_day": off.last}
            book.beside(NoSchool, year.first, free)
    names, places = _names(book, shape.teachers), []
    for kept, count in zip(data("people")["school"], sizes(shape.teachers), strict=True):
        place = _school(book, kept)
        hired = tuple(_teacher(book, writer, kept, names.pop(), number) for number in range(count))
        for teacher in hired:
            book.add(Placement, book.began, {"teacher_id": teacher.id, "school_id": place.id})
            _teachers_agreement(book, writer, teacher, place)
        leader = _colleague(book, ColleagueRole.PRINCIPAL, names.pop(), (kept["domain"], place.id))
        _principals_agreement(book, writer, leader, Participation(kept["participation"]), place)
        places.append(replace(place, teachers=hired))
    for role in ColleagueRole:
        if role is not ColleagueRole.PRINCIPAL:
            _colleague(book, role, names.pop(), (data("people")["district"]["domain"], None))
    return tuple(places)


def _school(book: Book, kept: dict[str, Any]) -> Place:
    school = book.add(
        School,
        book.began,
        {
            "name": kept["name"],
            "short_code": kept["code"],
            "time_zone": kept["time_zone"],
            "day_starts": kept["starts"],
            "day_ends": kept["ends"],
        },
    )
    goals = []
    for position, (title, source) in enumerate(kept["goals"]):
        goal = {"school_id": school, "title": title, "source": source}
        goals.append(book.add(SchoolGoal, book.began, {**goal, "position": position}))
    return Place(school, tuple(goals), tuple(kept["weekdays"]))


def _names(book: Book, teachers: int) -> list[Name]:
    """Different names for the teachers and the colleagues; families are joined once all are used."""
    people, count = data("people"), teachers + 3 + len(ColleagueRole)
    families = book.rng.sample(people["family"], len(people["family"]))
    given: list[list[str]] = []
    while len(given) < count:
        given += book.rng.sample(people["given"], len(people["given"]))
    while len(families) < count:
        families.append("-".join(book.rng.sample(people["family"], 2)))
    return [Name(first, pronouns, family) for (first, pronouns), family in zip(given, families, strict=False)]


def _status(book: Book, number: int) -> tuple[TeacherStatus, date | None]:
    """Some say not now, with a day on which to ask again; some say no."""
    if number % _SAID_NO != _SAID_NO - 1:
        return TeacherStatus.ACTIVE, None
    if number % (2 * _SAID_NO) < _SAID_NO:
        return TeacherStatus.NOT_NOW, book.today + timedelta(days=book.rng.randint(20, 90))
    return TeacherStatus.DECLINED, None


def _teacher(book: Book, writer: Writer, kept: dict[str, Any], name: Name, number: int) -> Coached:
    people, rng = data("people"), book.rng
    subject = writer.draw((kept["code"], "subject"), data("lines")["subjects_by_school"][kept["code"]])
    room = f"{rng.choice('ABC')}{rng.randint(101, 239)}"
    status, ask_again = _status(book, number)
    values = {
        "given_name": name.given,
        "family_name": name.family,
        "preferred_name": people["preferred"].get(name.given, ""),
        "pronouns": name.pronouns,
        "email": name.email(kept["domain"]),
        "subjects": subject,
        "grades": rng.choice(kept["grades"]),
        "room": room,
        "times_offered": rng.choice(people["times_offered"]) if book.chance(0.6) else "",
        "preferences": rng.choice(people["preferences"]) if book.chance(0.7) else "",
        "background": writer.draw("background", people["background"]) if book.chance(0.5) else "",
        "entry_route": rng.choice(list(EntryRoute)),
        "status": status,
        "ask_again_on": ask_again,
        "may_be_quoted": book.chance(0.3),
    }
    key = book.add(Teacher, book.began, values)
    return Coached(key, subject, room, status is TeacherStatus.ACTIVE)


def _teachers_agreement(book: Book, writer: Writer, teacher: Coached, place: Place) -> None:
    if not teacher.willing:
        return
    status = book.rng.choices(list(AgreementStatus), weights=(1, 2, 12, 2, 1))[0]
    parties = {"kind": AgreementKind.TEACHER_COACH, "school_id": place.id, "teacher_id": teacher.id}
    _agreement(book, writer, parties, status)


def _principals_agreement(
    book: Book, writer: Writer, leader: UUID, known: Participation, place: Place
) -> None:
    parties = {"kind": AgreementKind.PRINCIPAL_COACH, "school_id": place.id, "colleague_id": leader}
    _agreement(book, writer, {**parties, "participation": known}, AgreementStatus.AGREED)


def _agreement(book: Book, writer: Writer, parties: dict[str, Any], status: AgreementStatus) -> None:
    people = data("people")
    agreed = book.today - timedelta(days=book.rng.randint(40, 300))
    values = {
        **parties,
        "clauses": writer.draw("clauses", people["clauses"]),
        "who_sees_what": writer.draw("who_sees", people["who_sees"]),
        "status": status,
    }
    if status not in _UNSIGNED:
        values |= {"agreed_on": agreed, "review_on": agreed + timedelta(days=270)}
    book.add(Agreement, agreed, values)


def _colleague(book: Book, role: ColleagueRole, name: Name, at: tuple[str, UUID | None]) -> UUID:
    domain, school = at
    who = {"name": f"{name.given} {name.family}", "role": role, "email": name.email(domain)}
    return book.add(Colleague, book.began, {**who, "school_id": school})
