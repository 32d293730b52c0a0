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
    ("03", 1): [
        Attempt(
            """
            async def attempt(facts):  # checked, and the verdict is not looked at
                work = facts
                for _ in range(4):
                    copy = await copyist(work)
                    await checker([Handoff("task", work), Handoff("work", copy)])
                    work = copy
                return work

            my_run = start(attempt, FACTS, model=SLIPPING, seed=1).finish()
            """,
            "had turned down went on",
        ),
        Attempt(
            """
            async def attempt(facts):  # the second copy goes on unseen
                work = facts
                for _ in range(4):
                    copy = await copyist(work)
                    verdict = await checker([Handoff("work", copy)])
                    if verdict.decision == "reject":
                        copy = await copyist(work)
                    work = copy
                return work

            my_run = start(attempt, FACTS, model=SLIPPING, seed=1).finish()
            """,
            "A second copy is a copy, too",
        ),
        Attempt(
            """
            async def attempt(facts):  # the copyist gets its draft back
                work = facts
                for _ in range(4):
                    told = work
                    for _ in range(3):
                        copy = await copyist(told)
                        verdict = await checker([Handoff("work", copy)])
                        if verdict.decision == "approve":
                            break
                        told = [work, Handoff("last draft", copy), Handoff("note", verdict.note)]
                    else:
                        return Skipped("copyist", verdict.note)
                    work = copy
                return work

            my_run = start(attempt, FACTS, model=SLIPPING, seed=1).finish()
            """,
            "from what came before alone",
        ),
        Attempt(
            """
            async def attempt(facts):  # without a bound
                work = facts
                for _ in range(4):
                    while (await checker([Handoff("work", copy := await copyist(work))])).decision == "reject":
                        pass
                    work = copy
                return work

            my_run = start(attempt, FACTS, model=SLIPPING, seed=21).finish()
            """,
            "after 3 it should give up",
        ),
    ],
    ("03", 2): [
        Attempt(
            """
            async def attempt(facts):  # a copy of a copy
                first = await copyist(facts)
                second = await copyist(first)
                return first if first == second else await copyist(second)

            my_same = start(attempt, FACTS, model=SLIPPING, seed=0).finish()
            my_other = start(attempt, FACTS, model=SLIPPING, seed=1).finish()
            """,
            "all copy the same original",
        ),
        Attempt(
            """
            async def attempt(facts):  # three every time, to be on the safe side
                copies = [await copyist(facts) for _ in range(3)]
                return max(copies, key=copies.count)

            my_same = start(attempt, FACTS, model=SLIPPING, seed=0).finish()
            my_other = start(attempt, FACTS, model=SLIPPING, seed=4).finish()
            """,
            "a third was asked for all the same",
        ),
        Attempt(
            """
            async def attempt(facts):  # where they differ, the longer one is believed
                one, two = await copyist(facts), await copyist(facts)
                return max(one, two, key=len)

            my_same = start(attempt, FACTS, model=SLIPPING, seed=0).finish()
            my_other = start(attempt, FACTS, model=SLIPPING, seed=4).finish()
            """,
            "Ask for a third",
        ),
        Attempt(
            """
            async def attempt(facts):  # the third is believed, whatever it says
                one, two = await copyist(facts), await copyist(facts)
                return one if one == two else await copyist(facts)

            my_same = start(attempt, FACTS, model=SLIPPING, seed=0).finish()
            my_other = start(attempt, FACTS, model=SLIPPING, seed=1).finish()
            """,
            "no two copies agree, and the result does not say so",
        ),
    ],
    ("03", 3): [
        Attempt(
            """
            async def attempt(writer):  # bounded; the word is still looked for
                told = ["Write a sentence about the oven."]
                for _ in range(4):
                    draft = await writer(told)
                    answer = await inspector(draft)
                    if "approve" in answer.lower():
                        return draft
                    told = [told[0], Handoff("note", answer)]
                return Skipped(writer.name, answer)

            my_quick = start(attempt, quick, budget=LIMIT).finish()
            my_stubborn = start(attempt, stubborn, budget=LIMIT).finish()
            """,
            "a draft went out of which the inspector says",
        ),
        Attempt(
            """
            async def attempt(writer):  # the first flaw is mended, and the second is not
                told = ["Write a sentence about the oven."]
                while True:
                    draft = await writer(told)
                    answer = await inspector(draft)
                    if answer.startswith("Approved"):
                        return draft
                    told = [told[0], Handoff("note", answer)]

            my_quick = start(attempt, quick, budget=LIMIT).finish()
            my_stubborn = start(attempt, stubborn, budget=LIMIT).finish()
            """,
            "the budget of 20 calls is spent",
        ),
        Attempt(
            """
            async def attempt(writer):  # after four drafts the last one is taken
                told = ["Write a sentence about the oven."]
                for _ in range(4):
                    draft = await writer(told)
                    answer = await inspector(draft)
                    if answer == "Approved.":
                        break
                    told = [told[0], Handoff("note", answer)]
                return draft

            my_quick = start(attempt, quick, budget=LIMIT).finish()
            my_stubborn = start(attempt, stubborn, budget=LIMIT).finish()
            """,
            "in my_stubborn a draft went out",
        ),
        Attempt(
            """
            async def attempt(writer):  # silence in the end
                told = ["Write a sentence about the oven."]
                for _ in range(4):
                    draft = await writer(told)
                    answer = await inspector(draft)
                    if answer == "Approved.":
                        return draft
                    told = [told[0], Handoff("note", answer)]

            my_quick = start(attempt, quick, budget=LIMIT).finish()
            my_stubborn = start(attempt, stubborn, budget=LIMIT).finish()
            """,
            "the result does not say so",
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
            async def other(goal):  # the second section waits for the first
                halves = [await chief_of(goal, half) for half in (desks[:2], desks[2:])]
                return await merger([goal, *halves])

            async def chief_of(goal, half):
                return await merger([goal, *await together(desk(goal, each) for each in half)])

            my_run = start(other, task.goal, model=SMALL).finish()
            """,
            "one section waited for the other",
        ),
        Attempt(
            """
            async def bundle(goal, half):  # a section that only passes on
                return await together(desk(goal, each) for each in half)

            async def other(goal):
                first, second = await together(bundle(goal, desks[:2]), bundle(goal, desks[2:]))
                return await merger([goal, *first, *second])

            my_run = start(other, task.goal, model=SMALL).finish()
            """,
            "Between them there is nobody yet",
        ),
        Attempt(
            """
            async def chief_of(goal, half):
                return await merger([goal, *await together(desk(goal, each) for each in half)])

            async def other(goal):  # the same half twice
                return await merger([goal, *await together(chief_of(goal, desks[:2]) for _ in range(2))])

            my_run = start(other, task.goal, model=SMALL).finish()
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
            async def other(goal):  # a fresh context, and still one desk after the other
                return await merger([goal, *[await desk(goal, each) for each in desks]])

            my_page = start(other, task.goal, model=MODEL).finish()
            """,
            "a desk waits for another",
        ),
        Attempt(
            """
            async def other(goal):  # only the desk before is shared
                found = []
                for each in desks:
                    found.append(await desk([goal, *found[-1:]], each))
                return await merger([goal, *found])

            my_page = start(other, task.goal, model=MODEL).finish()
            """,
            "that is no fresh context",
        ),
        Attempt(
            """
            async def other(goal):  # at once, but one merger for all
                return await merger([goal, *await together(each(goal) for staff in desks for each in staff)])

            my_page = start(other, task.goal, model=MODEL).finish()
            """,
            "tokens more than fits",
        ),
    ],
    ("06", 1): [
        Attempt(
            """
            async def attempt(task):  # good enough to stop, and else the last one
                for _ in range(3):
                    sheet = await clerk(task)
                    if good(sheet):
                        return sheet
                return sheet

            my_lucky = start(attempt, TASK, model=MODEL, seed=2).finish()
            my_unlucky = start(attempt, TASK, model=MODEL, seed=23).finish()
            """,
            "score 18, 21, 19: return the best one",
        ),
        Attempt(
            """
            my_lucky = start(best_of_three, TASK, model=MODEL, seed=2).finish()  # all at once
            my_unlucky = start(best_of_three, TASK, model=MODEL, seed=23).finish()
            """,
            "asked again before the sheet was there",
        ),
        Attempt(
            """
            async def attempt(task):  # until it is good, however long that takes
                while not good(sheet := await clerk(task)):
                    pass
                return sheet

            my_lucky = start(attempt, TASK, model=MODEL, seed=2).finish()
            my_unlucky = start(attempt, TASK, model=MODEL, seed=23).finish()
            """,
            "attempts in the second run, and three are the most",
        ),
        Attempt(
            """
            my_lucky = start(one_after_another, TASK, model=MODEL, seed=2).finish()  # as it was
            my_unlucky = start(one_after_another, TASK, model=MODEL, seed=23).finish()
            """,
            "return the best one",
        ),
    ],
    ("06", 2): [
        Attempt(
            """
            my_clear = start(majority, "15 times?", model=voters(0.6), seed=10).finish()  # all five at once
            my_close = start(majority, "15 times?", model=voters(0.6), seed=13).finish()
            """,
            "they can change nothing",
        ),
        Attempt(
            """
            async def attempt(question):  # three, whatever they say
                votes = await together(voter(question) for _ in range(3))
                return Counter(votes).most_common(1)[0][0]

            my_clear = start(attempt, "15 times?", model=voters(0.6), seed=10).finish()
            my_close = start(attempt, "15 times?", model=voters(0.6), seed=13).finish()
            """,
            "say yes, no, yes, and nobody else was asked",
        ),
        Attempt(
            """
            async def attempt(question):  # two more are asked, and their votes are not counted
                votes = await together(voter(question) for _ in range(3))
                if len(set(votes)) > 1:
                    await together(voter(question) for _ in range(2))
                return Counter(votes).most_common(1)[0][0]

            my_clear = start(attempt, "15 times?", model=voters(0.6), seed=10).finish()
            my_close = start(attempt, "15 times?", model=voters(0.6), seed=13).finish()
            """,
            "say yes, no, yes, no, no, and the result is 'yes'",
        ),
        Attempt(
            """
            async def attempt(question):  # one by one
                votes = []
                while max(Counter(votes).values(), default=0) < 3:
                    votes.append(await voter(question))
                return Counter(votes).most_common(1)[0][0]

            my_clear = start(attempt, "15 times?", model=voters(0.6), seed=10).finish()
            my_close = start(attempt, "15 times?", model=voters(0.6), seed=13).finish()
            """,
            "ask the first three at the same time",
        ),
    ],
    ("06", 3): [
        Attempt(
            """
            async def attempt(task, crew):  # blind, and still nobody listens to the judge
                sheets = await together(member(task) for member in crew)
                await WITH_NOTES(ballot(*sheets))
                return sheets[-1]

            my_contest = start(attempt, TASK, CREW).finish()
            my_swapped = start(attempt, TASK, CREW[::-1]).finish()
            """,
            "chose candidate 1, and another sheet won: a staged judge",
        ),
        Attempt(
            """
            async def attempt(task, crew):  # the judge decides, and knows who is who
                sheets = await together(member(task) for member in crew)
                told = [Handoff(f"candidate {n}", f"{m.name}: {s}") for n, (m, s) in enumerate(zip(crew, sheets), 1)]
                return sheets[(await WITH_NOTES([Handoff("task", task), *told])).number - 1]

            my_contest = start(attempt, TASK, CREW).finish()
            my_swapped = start(attempt, TASK, CREW[::-1]).finish()
            """,
            "a judge who knows whose sheet it is judges people",
        ),
        Attempt(
            """
            async def attempt(task, crew):  # the judge counts from 1
                sheets = await together(member(task) for member in crew)
                return (sheets + sheets)[(await WITH_NOTES(ballot(*sheets))).number]

            my_contest = start(attempt, TASK, CREW).finish()
            my_swapped = start(attempt, TASK, CREW[::-1]).finish()
            """,
            "chose candidate 3, and another sheet won",
        ),
        Attempt(
            """
            async def attempt(task, crew):  # not everybody is on the ballot
                sheets = await together(member(task) for member in crew)
                return sheets[1:][(await WITH_NOTES(ballot(*sheets[1:]))).number - 1]

            my_contest = start(attempt, TASK, CREW).finish()
            my_swapped = start(attempt, TASK, CREW[::-1]).finish()
            """,
            "saw 2 of 3 sheets",
        ),
    ],
    ("07", 1): [
        Attempt(
            """
            my_table = compare(generator("near_duplicates"), runs=5, progress=False)  # the runs are too few
            my_choice = "single"
            """,
            "would promise no more than 0.57",
        ),
        Attempt(
            """
            my_table = compare(generator("near_duplicates"), ["fan_out", "hierarchical"], runs=10, progress=False)
            my_choice = my_table.recommend(quality=0.7).pattern
            """,
            "the single agent is missing",
        ),
        Attempt(
            """
            my_table = compare(generator("near_duplicates"), runs=10, progress=False)
            my_choice = "fan_out"  # as it was before
            """,
            "the comparison recommends 'single'",
        ),
    ],
    ("07", 2): [
        Attempt(
            """
            my_own = compare(my_task, runs=10, progress=False)  # no need was written down
            my_card = {"task": "the minutes", "need": {}, "pattern": "single", "price": 1, "look again when": "in May"}
            """,
            "write down the need before anything else",
        ),
        Attempt(
            """
            my_own = compare(my_task, ["single", "fan_out", "competitive"], runs=10, progress=False)
            my_card = {"task": "the minutes", "need": {"quality": 0.7}, "pattern": "competitive",  # what was wished for
                       "price": 4, "look again when": "prices change"}
            """,
            "for this need the comparison recommends 'single'",
        ),
        Attempt(
            """
            my_own = compare(my_task, runs=2, progress=False)
            my_card = {"task": "the minutes", "need": {"quality": 0.9}, "pattern": None, "price": None,
                       "look again when": "prices change"}
            """,
            "2 runs a pattern are too few",
        ),
        Attempt(
            """
            my_own = compare(generator("running_balance"), runs=10, progress=False)
            my_card = {"task": "the accounts", "need": {"quality": 0.7}, "pattern": "sequential",
                       "price": 4, "look again when": "prices change"}  # guessed
            """,
            "times the price of the single agent, and it is 1.5",
        ),
    ],
    ("07", 3): [
        Attempt(
            """
            my_slide = compare(generator("best_of_several"), ["single", "fan_out"], runs=1, seed=3, progress=False)
            my_better = "fan_out"  # one model, one seed, and still picked
            """,
            "a picked run proves nothing",
        ),
        Attempt(
            """
            team = compare(generator("best_of_several"), "fan_out", runs=20, progress=False)
            agent = compare(generator("best_of_several"), "single", runs=20, seed=100, progress=False)
            my_slide = replace(team, frame=pd.concat([agent.frame, team.frame]))
            my_better = "single"
            """,
            "the patterns met different seeds",
        ),
        Attempt(
            """
            team = compare(generator("best_of_several"), "fan_out", runs=20, progress=False)
            slips = EmbeddedModel(slips=3)
            agent = compare(generator("best_of_several"), "single", runs=20, model=slips, progress=False)
            my_slide = replace(team, frame=pd.concat([agent.frame, team.frame]))
            my_better = "cannot tell"
            """,
            "they have different models",
        ),
        Attempt(
            """
            my_slide = compare(generator("best_of_several"), ["single", "fan_out"], runs=20, progress=False)
            my_better = "single"  # the mean is higher, and that is all
            """,
            "the paired difference says otherwise",
        ),
    ],
}
