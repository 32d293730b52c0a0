# ruff: noqa: E501 - one role a line, as people write them
"""The skill follows from what the role asks, in the words of many different people."""

import pytest

from orchestra_kit.messages import Choice, Plan, Verdict
from orchestra_kit.models.embedded.reading import read_prompt
from orchestra_kit.models.embedded.routing import choose

# Written before and while the router was made.
FAMILIAR = [
    ("Judge the subject lines and choose one.", "judge"),
    ("Write one subject line.", "write"),
    ("Edit the draft: check every figure against the sources, leave the rest.", "edit"),
    ("Find five statistics with sources.", "extract"),
    ("Turn the edited post into Markdown with front matter.", "format"),
    ("Plan the work for the team.", "plan"),
    ("Review the work, approve it or send it back with a note.", "review"),
    ("List three facts about the topic, with sources.", "extract"),
    ("Write a short report from the facts.", "write"),
    ("Write an email that carries the report.", "write"),
    (
        "You are a research analyst. Collect the key figures from the interview transcript, each with its owner.",
        "extract",
    ),
    ("You are a meticulous copy editor. Correct mistakes in the article and leave everything else alone.", "edit"),
    ("You are a judge. Pick the strongest of the candidate drafts by the number of supported figures.", "judge"),
    ("Merge the notes; keep every figure once; where they contradict, keep the correction.", "merge"),
    ("Combine the findings of all the researchers into one list without duplicates.", "merge"),
    ("Summarise the transcript in five bullet points.", "summarise"),
    ("Condense the report to at most 80 words.", "summarise"),
    ("Answer the customer's question from the handbook.", "answer"),
    ("Classify the inquiry as billing, technical or sales.", "classify"),
    ("Sort each incoming message into one of these categories: complaint, order, question.", "classify"),
    ("Score the lead from 0 to 100 by budget, company size and urgency.", "score"),
    ("Review the Python code and report bugs and style problems.", "code_review"),
    ("Carry out the entries and state the running total.", "ledger"),
    ("Decide who does what: split the goal into steps for the specialists.", "plan"),
    ("You are the orchestrator. Break the goal down and assign each part to the right team member.", "plan"),
    ("Draft three social media posts from the facts. Do not invent numbers.", "write"),
    ("Check the draft against the sources and correct wrong figures.", "edit"),
    ("Fact-check the post: say what is wrong and approve it only when everything is right.", "review"),
    ("You are the reviewer.", "review"),
    ("You are the writer.", "write"),
    ("Put the final text into our HTML template.", "format"),
    ("Compare the two versions and say which is better.", "judge"),
    (
        "Extract every figure with its owner and place, once each; where sources contradict, keep the correction.",
        "extract",
    ),
    ("Turn the transcript into a blog post of about 200 words.", "write"),
    ("You write warm, short newsletters for members of a club.", "write"),
]
# Written afterwards, in three batches, without trying them first. At first sight the router placed 15 of 22, then (what the
# first batch taught worked in) 20 of 22, then 13 of 18. All have been worked in since, so they are regression tests now:
# a role worded in yet another way is placed about three times in four, and the trace says as what and why.
AFTERWARDS = [
    (
        "You're our fact-finder. Go through the passages and bring back the seven most striking numbers, each with where it came from.",
        "extract",
    ),
    (
        "As the managing editor you do not rewrite: read the piece, then either accept it or return it with remarks.",
        "review",
    ),
    ("Take the raw notes of four colleagues and boil them down to one tidy set of notes, no repetition.", "merge"),
    ("Please produce a friendly newsletter item from the facts you are handed.", "write"),
    ("Your task: decide which of the three proposals wins and give its number.", "judge"),
    ("Given a goal and a list of colleagues, work out who should do what and in which order.", "plan"),
    ("Transform the approved article into a Markdown page with YAML front matter.", "format"),
    ("Repair factual slips in the draft using the source passages. Touch nothing else.", "edit"),
    ("Give me the gist of this meeting in three sentences.", "summarise"),
    ("Customer support triage: put each message in the right queue (billing, technical, returns).", "classify"),
    ("Rate this sales lead against our criteria and give a total.", "score"),
    ("Look over this Python function for bugs.", "code_review"),
    ("Respond to the reader's question using only the passages.", "answer"),
    ("Compose a LinkedIn post and two tweets announcing the release.", "write"),
    (
        "Keep track of the account: start from the opening balance and apply each transaction; report the final balance.",
        "ledger",
    ),
    ("A proofreader who fixes spelling and figures but keeps the author's voice.", "edit"),
    ("Pull the numbers out of the transcript; say whose they are.", "extract"),
    ("Write the subject line for Friday's mailing: short, concrete, with a number.", "write"),
    (
        "You are a senior reviewer at a publishing house. Nothing leaves without your OK: list every mistake you see.",
        "review",
    ),
    ("Coordinate the specialists. Never write anything yourself.", "plan"),
    ("Assemble the sections your colleagues wrote into one report.", "write"),
    ("Digest the following paper into an abstract of 100 words.", "summarise"),
    (
        "Dig through the company handbook passages and surface the ten figures a new employee should know. Cite the passage for each.",
        "extract",
    ),
    ("You craft punchy tweets from press material; never exceed 280 characters.", "write"),
    (
        "Your job is quality control: compare each number in the article with the sources, then pass it or reject it with reasons.",
        "review",
    ),
    ("Line-edit the manuscript. Fix wrong numbers, keep everything else word for word.", "edit"),
    ("Blend the partial findings into a single list; drop duplicates; newer corrections win.", "merge"),
    ("From the candidates below, name the one you would publish and say why.", "judge"),
    ("Tell the team who does which job so that the goal is reached; do none of the work.", "plan"),
    ("Wrap the final copy in our HTML layout.", "format"),
    ("In no more than 60 words, tell a busy reader what this report says.", "summarise"),
    ("Determine whether the ticket is about shipping, returns or payment.", "classify"),
    ("Qualify inbound leads: award points per criterion and report the sum.", "score"),
    ("Inspect this pull request and point out defects.", "code_review"),
    ("Using the notes only, answer what the visitor asks.", "answer"),
    ("Prepare the monthly report for the board from the figures you receive.", "write"),
    ("You are a financial journalist. Produce a 300-word article out of the facts.", "write"),
    (
        "You are a librarian: look up what the shelves say on the subject and return the relevant passages with their titles.",
        "extract",
    ),
    ("Work through the receipts and keep a running total.", "ledger"),
    ("Reads what others made and decides whether it is good enough to send.", "review"),
    ("Add YAML front matter and turn headings into proper Markdown.", "format"),
    ("Act as referee between the rival drafts.", "judge"),
    ("Jot down every price that is mentioned, and who said it.", "extract"),
    ("Rewrite the announcement as a warm email to members.", "write"),
    ("Skim the minutes and hand me the four decisions with dates.", "extract"),
    ("You polish other people's prose and put right any number that disagrees with the notes.", "edit"),
    ("Put the team's notes together; one statement, one line.", "merge"),
    ("Your work: turning dry findings into a newsletter people enjoy.", "write"),
    ("Say whether the article may go out. If not, list the reasons.", "review"),
    ("Pick a winner among the entries on the ballot.", "judge"),
    ("Outline the steps, assign owners, and mind the dependencies.", "plan"),
    ("Export the text as clean HTML.", "format"),
    ("TL;DR please.", "summarise"),
    ("Label every incoming mail: invoice, complaint or other.", "classify"),
    ("Score applicants against the list of requirements.", "score"),
    ("Review my Python module and tell me what breaks.", "code_review"),
    ("Help readers: answer whatever they ask from the FAQ below.", "answer"),
    ("Announce the new opening hours in a two-line tweet.", "write"),
    ("Gather evidence for the claim, pro and con, naming each source.", "extract"),
    ("Compress these pages into five sentences.", "summarise"),
    ("You're the last pair of eyes before publication: verify figures, names, dates. Approve or reject.", "review"),
    ("Total up the expenses, starting from the opening balance.", "ledger"),
]


@pytest.mark.parametrize(("role", "skill"), FAMILIAR + AFTERWARDS)
def test_the_role_says_what_to_do(role: str, skill: str) -> None:
    choice = choose(role, read_prompt("NOTES:\nLeith took £5,000."))
    assert choice.skill == skill, choice.because


def test_a_silent_role_leaves_it_to_the_task() -> None:
    prompt = read_prompt("Summarise the notes.\n\nNOTES:\nLeith took £5,000.")
    assert choose("You are a helpful assistant.", prompt).skill == "summarise"
    assert choose("", read_prompt("How much did Leith take?\n\nNOTES:\nLeith took £5,000.")).skill == "answer"


def test_what_stands_in_the_material_is_no_request() -> None:
    prompt = read_prompt("SOURCES:\n[a] Plan ahead. Judge the drafts and choose one. Write an email.\n\nTASK:\nbees")
    assert choose("Find three facts.", prompt).skill == "extract"
    assert choose("You are a helpful assistant.", prompt).skill == "answer"


@pytest.mark.parametrize(("makes", "skill"), [(Plan, "plan"), (Verdict, "review"), (Choice, "judge")])
def test_an_expected_message_decides(makes: type, skill: str) -> None:
    assert choose("You lead the team.", read_prompt("GOAL:\nbees"), makes).skill == skill


def test_it_says_why() -> None:
    assert (
        choose("Find five statistics with sources.", read_prompt("x")).because
        == 'role says "Find five statistics with sources"'
    )


@pytest.mark.parametrize(
    "role",
    [
        "Do not write anything: list the facts.",
        "Do not proofread the draft; list the facts.",
        "List facts that a writer can use to draft posts.",
        "List the facts in the draft.",
    ],
)
def test_what_others_do_or_nobody_may_is_not_asked(role: str) -> None:
    assert choose(role, read_prompt("NOTES:\nLeith took £5,000.")).skill == "extract"
