'''What a learner might well try, and what must not pass.

WRONG maps (notebook, exercise) to attempts at the exercise, at least two: the code that a learner could write in place
of the cell `exercise-N`, and words that the check must answer it with. The sentence has to fit the mistake, so quote
what makes it fit. An attempt may use whatever the notebook has defined; it is dedented, and is executed in its kernel
after the whole notebook. For a new notebook, add its number:

    ("02", 1): [
        Attempt(
            """
            async def attempt(topic):  # what is wrong with it
                return await writer(topic)

            my_run = start(attempt, TOPIC).finish()
            """,
            "words of the sentence",
        ),
        ...
    ],
'''

from __future__ import annotations

from typing import NamedTuple


class Attempt(NamedTuple):
    """Code that is not a solution, and words of the sentence that says why."""

    code: str
    says: str


WRONG: dict[tuple[str, int], list[Attempt]] = {
    ("01", 1): [
        Attempt(
            """
            async def attempt(topic):  # a headline of the facts, not of the report
                facts = await research(topic)
                title, report = await headline(facts), await writer(facts)
                return f"{title}\\n\\n{await mailer(report)}"

            my_run = start(attempt, TOPIC).finish()
            """,
            "told something else than the report",
        ),
        Attempt(
            """
            async def attempt(topic):  # no email
                return await headline(await writer(await research(topic)))

            my_run = start(attempt, TOPIC).finish()
            """,
            "nobody has asked the mailer",
        ),
        Attempt(
            """
            async def attempt(topic):  # the headline is asked for, and forgotten
                report = await writer(await research(topic))
                await headline(report)
                return await mailer(report)

            my_run = start(attempt, TOPIC).finish()
            """,
            "return all of it",
        ),
        Attempt(
            """
            async def attempt(topic):  # an await is missing
                report = await writer(await research(topic))
                return f"{headline(report)}\\n\\n{await mailer(report)}"

            my_run = start(attempt, TOPIC).finish()
            """,
            "an `await` is missing",
        ),
    ],
    ("01", 2): [
        Attempt(
            """
            async def attempt(topic):  # one after the other
                return await writer([await cost(topic), await failure(topic)])

            my_duet = start(attempt, TOPIC).finish()
            """,
            "an await for each makes a relay",
        ),
        Attempt(
            """
            async def attempt(topic):  # half of the answers is thrown away
                return await writer((await together(cost(topic), failure(topic)))[0])

            my_duet = start(attempt, TOPIC).finish()
            """,
            "the writer never saw what failure found",
        ),
        Attempt(
            """
            async def attempt(topic):  # all at the same time, the writer too
                return (await together(cost(topic), failure(topic), writer(topic)))[2]

            my_duet = start(attempt, TOPIC).finish()
            """,
            "the writer began before both had read",
        ),
    ],
    ("01", 3): [
        Attempt(
            """
            async def attempt(topic):  # in another order
                return (await together(reader(topic) for reader in readers))[::-1]

            my_team = start(attempt, TOPIC).finish()
            """,
            "in the order of the readers",
        ),
        Attempt(
            """
            async def attempt(topic):  # two and two
                first = await together(reader(topic) for reader in readers[:2])
                return first + await together(reader(topic) for reader in readers[2:])

            my_team = start(attempt, TOPIC).finish()
            """,
            "no moment at which all four are at work",
        ),
    ],
    ("02", 1): [
        Attempt(
            """
            class Attempt(Desk):  # one long chain
                async def plan(self, goal, done):
                    names = ["research", "writer", "editor", "headline", "mailer"]
                    return Plan([Step(who, f"Your part {ABOUT}", needs=names[max(0, at - 1) : at])
                                 for at, who in enumerate(names)])

            my_run = start(Attempt("desk", *my_desk.team.values()), GOAL).finish()
            """,
            "mailer was not told what editor made",
        ),
        Attempt(
            """
            class Attempt(Desk):  # a headline of the post before it was edited
                async def plan(self, goal, done):
                    return Plan([*PLAN.steps, Step("editor", "Edit the post.", needs=["writer"])])

            my_run = start(Attempt("desk", *my_desk.team.values()), GOAL).finish()
            """,
            "headline was not told what editor made",
        ),
        Attempt(
            """
            class Attempt(Desk):  # both posts for everybody, to be on the safe side
                async def plan(self, goal, done):
                    both = ["writer", "editor"]
                    return Plan([*PLAN.steps[2:], Step("editor", "Edit the post.", needs=["writer"]),
                                 Step("headline", "Write a headline.", needs=both),
                                 Step("mailer", "Write an email.", needs=both)])

            my_run = start(Attempt("desk", *my_desk.team.values()), GOAL).finish()
            """,
            "got the unedited post as well",
        ),
    ],
    ("02", 2): [
        Attempt(
            """
            async def attempt(topic):  # always, whether it is needed or not
                facts = await research(f"Find facts about {topic}.")
                return await shortener(await writer([f"Write a post about {topic}.", Handoff("facts", facts)]))

            my_long = start(attempt, "the cost of orchestration").finish()
            my_short = start(attempt, "context windows").finish()
            """,
            "the shortener was asked all the same",
        ),
        Attempt(
            """
            async def attempt(topic):  # shortened, and thrown away
                facts = await research(f"Find facts about {topic}.")
                post = await writer([f"Write a post about {topic}.", Handoff("facts", facts)])
                if len(post.split()) > 100:
                    await shortener(post)
                return post

            my_long = start(attempt, "the cost of orchestration").finish()
            my_short = start(attempt, "context windows").finish()
            """,
            "return what it made",
        ),
        Attempt(
            """
            my_long = start(brief_post, "context windows").finish()  # nothing that would need it
            my_short = start(brief_post, "context windows").finish()
            """,
            "0 of the two posts are too long",
        ),
    ],
    ("02", 3): [
        Attempt(
            """
            async def attempt(facts):  # bounded, and passed off as good
                told = [f"Write a post {ABOUT}", Handoff("facts", facts)]
                for _ in range(3):
                    post = await writer(told)
                    verdict = await stubborn([Handoff("work", post)])
                    told = sent_back(told[:2], post, verdict.note)
                return post

            my_end = start(attempt, FACTS, budget=Budget(calls=12)).finish()
            """,
            "a draft that nobody has approved",
        ),
        Attempt(
            """
            async def attempt(facts):  # three times the same question
                for _ in range(3):
                    post = await writer([f"Write a post {ABOUT}", Handoff("facts", facts)])
                    verdict = await stubborn([Handoff("work", post)])
                return Skipped("writer", verdict.note)

            my_end = start(attempt, FACTS, budget=Budget(calls=12)).finish()
            """,
            "without the reviewer's note",
        ),
        Attempt(
            """
            async def attempt(facts):  # another reviewer, who is easy to please
                post = await writer([f"Write a post {ABOUT}", Handoff("facts", facts)])
                kind = Specialist("kind", does=lambda brief: Verdict("approve"), makes=Verdict)
                for _ in range(2):
                    verdict = await kind([Handoff("work", post)])
                    post = await writer([f"Write a post {ABOUT}", Handoff("note", verdict.note)])
                return post

            my_end = start(attempt, FACTS, budget=Budget(calls=12)).finish()
            """,
            "3 drafts and 2 verdicts",
        ),
        Attempt(
            """
            async def attempt(facts):  # as before, with a larger budget
                told = [f"Write a post {ABOUT}", Handoff("facts", facts)]
                while (await stubborn([Handoff("work", post := await writer(told))])).decision != "approve":
                    told = sent_back(told[:2], post, "It could be better.")

            my_end = start(attempt, FACTS, budget=Budget(calls=20)).finish()
            """,
            "the budget of 20 calls is spent",
        ),
    ],
    ("04", 1): [
        Attempt(
            """
            async def attempt(sentences):  # four readers, one after the other
                parts = in_parts(sentences, 4)
                readers = four.team.values()
                found = [await reader(part) for reader, part in zip(readers, parts)]
                return await together(writer(found) for writer in writers)

            my_run = start(attempt, said).finish()
            """,
            "did not work at the same time",
        ),
        Attempt(
            """
            async def attempt(sentences):  # three quarters of the work are thrown away
                found = await four(sentences)
                return await together(writer(found[0]) for writer in writers)

            my_run = start(attempt, said).finish()
            """,
            "was not told what reader 2 and reader 3 and reader 4 found",
        ),
        Attempt(
            """
            async def attempt(sentences):  # the writers wait for each other
                found = await four(sentences)
                return [await writer(found) for writer in writers]

            my_run = start(attempt, said).finish()
            """,
            "the writers took turns",
        ),
        Attempt(
            """
            async def attempt(sentences):  # everybody reads the whole talk
                found = await together(reader(sentences) for reader in four.team.values())
                return await together(writer(found) for writer in writers)

            my_run = start(attempt, said).finish()
            """,
            "each needs a part of its own",
        ),
    ],
    ("04", 2): [
        Attempt(
            """
            async def attempt(facts):  # no deadline
                return await together(writer(facts) for writer in writers)

            my_issue = start(attempt, facts).finish()
            """,
            "the page goes to print after 5",
        ),
        Attempt(
            """
            async def attempt(facts):  # the deadline stands around everybody: one who is late cancels all
                try:
                    return await together(within(5, writer, facts) for writer in writers)
                except TimedOut as late:
                    return [Skipped(writer.name, str(late)) for writer in writers]

            my_issue = start(attempt, facts).finish()
            """,
            "was done, and its piece was left out",
        ),
        Attempt(
            """
            async def punctual(writer, facts):
                try:
                    return await within(5, writer, facts)
                except TimedOut:
                    return None

            async def attempt(facts):  # a late one leaves a gap, and then not even that
                made = await together(punctual(writer, facts) for writer in writers)
                return [piece for piece in made if piece]

            my_issue = start(attempt, facts).finish()
            """,
            "leaves its place",
        ),
        Attempt(
            """
            async def punctual(writer, facts):
                try:
                    return await within(5, writer, facts)
                except TimedOut as late:
                    return Skipped("somebody", str(late))

            async def attempt(facts):  # nobody knows who is missing
                return await together(punctual(writer, facts) for writer in writers)

            my_issue = start(attempt, facts).finish()
            """,
            "names 'somebody'",
        ),
    ],
    ("04", 3): [
        Attempt(
            """
            async def one(writer, facts):
                try:
                    return await writer(facts)
                except Exception:
                    return None

            async def attempt(facts):  # the names are right, and the one who failed is dropped
                made = await together(one(writer, facts) for writer in crew)
                return {writer.name: piece for writer, piece in zip(crew, made) if piece}

            my_edition = start(attempt, facts).finish()
            """,
            "linkedin is not in the result at all",
        ),
        Attempt(
            """
            async def attempt(facts):  # whoever failed is named, and the order is that of finishing
                done = []

                async def one(writer):
                    try:
                        done.append(await writer(facts))
                    except Exception as error:
                        done.append(Skipped(writer.name, str(error)))

                await together(one(writer) for writer in crew)
                return dict(zip([writer.name for writer in crew], done))

            my_edition = start(attempt, facts).finish()
            """,
            "in the order in which they came",
        ),
        Attempt(
            """
            async def one(writer, facts):
                try:
                    return await writer(facts)
                except Exception as error:
                    return Skipped(writer.name, str(error))

            async def attempt(facts):  # all is well, but for the time
                return {writer.name: await one(writer, facts) for writer in crew}

            my_edition = start(attempt, facts).finish()
            """,
            "still work at the same time",
        ),
    ],
    ("05", 1): [
        Attempt(
            """
            async def attempt(goal):  # the second section waits for the first
                halves = [await chief_of(goal, half) for half in (desks[:2], desks[2:])]
                return await merger([goal, *halves])

            async def chief_of(goal, half):
                return await merger([goal, *await together(desk(goal, each) for each in half)])

            my_run = start(attempt, task.goal, model=SMALL).finish()
            """,
            "one section waited for the other",
        ),
        Attempt(
            """
            async def bundle(goal, half):  # a section that only passes on
                return await together(desk(goal, each) for each in half)

            async def attempt(goal):
                first, second = await together(bundle(goal, desks[:2]), bundle(goal, desks[2:]))
                return await merger([goal, *first, *second])

            my_run = start(attempt, task.goal, model=SMALL).finish()
            """,
            "Between them there is nobody yet",
        ),
        Attempt(
            """
            async def chief_of(goal, half):
                return await merger([goal, *await together(desk(goal, each) for each in half)])

            async def attempt(goal):  # the same half twice
                return await merger([goal, *await together(chief_of(goal, desks[:2]) for _ in range(2))])

            my_run = start(attempt, task.goal, model=SMALL).finish()
            """,
            "reader 7, reader 8, reader 9, reader 10, reader 11, reader 12 not asked",
        ),
    ],
    ("05", 2): [
        Attempt(
            """
            async def lenient_desk(goal, staff):  # the word goes through the mergers
                return await merger([goal, *map(str, await together(attempt(each, goal) for each in staff))])

            async def forgetful(goal, staffs):
                return await merger([goal, *await together(lenient_desk(goal, each) for each in staffs)])

            my_gap = start(forgetful, task.goal, broken, model=MODEL).finish()
            my_whole = start(forgetful, task.goal, desks, model=MODEL).finish()
            """,
            "has not reached the top",
        ),
        Attempt(
            """
            async def whole_desk(goal, staff):  # caught too high: the colleagues of reader 5 are cancelled
                try:
                    return await desk(goal, staff)
                except Exception as error:
                    return f"reader 5 is missing: {error}"

            async def wasteful(goal, staffs):
                return await merger([goal, *await together(whole_desk(goal, each) for each in staffs)])

            my_gap = start(wasteful, task.goal, broken, model=MODEL).finish()
            my_whole = start(wasteful, task.goal, desks, model=MODEL).finish()
            """,
            "reader 4 and reader 6 had to stop because reader 5 failed",
        ),
        Attempt(
            """
            async def filtered(goal, staff):
                return await merger([goal, *filter(None, await together(attempt(each, goal) for each in staff))])

            async def prepared(goal, staffs):  # says it whether it is so or not
                made = await together(filtered(goal, each) for each in staffs)
                return await merger([goal, *made]) + "\\nreader 5 is missing"

            my_gap = start(prepared, task.goal, broken, model=MODEL).finish()
            my_whole = start(prepared, task.goal, desks, model=MODEL).finish()
            """,
            "in whole nobody failed, and its result names reader 5",
        ),
        Attempt(
            """
            async def flat(goal, staffs):  # no desks: one merger for all
                notes = await together(attempt(each, goal) for staff in staffs for each in staff)
                result = await merger([goal, *filter(None, notes)])
                return "\\n".join([result, *(str(note) for note in notes if not note)])

            my_gap = start(flat, task.goal, broken, model=MODEL).finish()
            my_whole = start(flat, task.goal, desks, model=MODEL).finish()
            """,
            "tokens more than fits",
        ),
    ],
    ("05", 3): [
        Attempt(
            """
            async def attempt(goal):  # a fresh context, and still one desk after the other
                return await merger([goal, *[await desk(goal, each) for each in desks]])

            my_page = start(attempt, task.goal, model=MODEL).finish()
            """,
            "a desk waits for another",
        ),
        Attempt(
            """
            async def attempt(goal):  # only the desk before is shared
                found = []
                for each in desks:
                    found.append(await desk([goal, *found[-1:]], each))
                return await merger([goal, *found])

            my_page = start(attempt, task.goal, model=MODEL).finish()
            """,
            "that is no fresh context",
        ),
        Attempt(
            """
            async def attempt(goal):  # at once, but one merger for all
                return await merger([goal, *await together(each(goal) for staff in desks for each in staff)])

            my_page = start(attempt, task.goal, model=MODEL).finish()
            """,
            "tokens more than fits",
        ),
    ],
}
