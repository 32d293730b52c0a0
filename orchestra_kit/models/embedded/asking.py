"""How people ask for things: the verbs, what they are done to, and the nouns for who does them. Data for routing.py."""

from __future__ import annotations

import re
from typing import NamedTuple

PROSE = (
    r"posts?|articles?|reports?|e-?mails?|newsletters?|letters?|stor(?:y|ies)|blogs?|tweets?|threads?|cop(?:y|"
    r"ies)|announcements?|press releases?|memos?|briefs?|briefings?|pages?|scripts?|drafts?|essays?|"
    r"introductions?|updates?|messages?|subject lines?|headlines?|captions?|paragraphs?|repl(?:y|ies)|pieces?|"
    r"prose|text|columns?|pitch|slogans?|taglines?|titles?|invitations?"
)
FACTS = (
    r"decisions?|facts?|figures?|statistics?|stats|numbers?|data|quotes?|quotations?|findings?|evidence|sources?|points?|"
    r"claims?|details|passages?|information|amounts?|names|dates"
)
CODE = r"code|python|functions?|pull requests?|diffs?|patch(?:es)?|modules?|programs?|commits?"
RIVALS = (
    r"candidates?|drafts?|versions?|options?|entr(?:y|ies)|contenders?|alternatives?|submissions?|proposals?"
    r"|variants?|answers?|best|winner|strongest|subject lines?|headlines?|titles?|one|which|rivals?|between|better"
)
MARKUP = r"markdown|html|front[ -]?matter|yaml|template|web page|layout"
SUMMARIES = r"summar(?:y|ies)|abstracts?|digest|synopsis|recap|tl;?dr|pr[eé]cis|overview|gist"
CLASSES = r"categor(?:y|ies)|class(?:es)?|labels?|queues?|departments?|types?|topics?|intents?|buckets?|kinds?|desks?"
LEADS = (
    r"leads?|prospects?|applicants?|applications?|compan(?:y|ies)|customers?|deals?|opportunit(?:y|ies)|"
    r"enquir(?:y|ies)|accounts?|tickets?"
)


class Rule(NamedTuple):
    """These verbs, done to these things, ask for this skill. No `to`: done to anything."""

    skill: str
    verbs: str
    to: str = ""


# The first rule that fits a verb counts, so what is particular stands before what is general.
RULES = (
    Rule(
        "code_review",
        "review check inspect audit lint critique examine analyse analyze assess read look go scan find debug test",
        CODE,
    ),
    Rule(
        "ledger",
        "carry keep state compute calculate work add track maintain update tally total sum report give apply",
        r"(?:running|final|closing|new) balance|running (?:total|balance)|balance|totals?|sum|ledger|up the|tally",
    ),
    Rule(
        "format",
        "turn convert put format transform publish wrap set lay render mark output typeset prepare make export style",
        MARKUP,
    ),
    Rule(
        "plan",
        "write draft make prepare create produce produce draw propose list compose give work return",
        r"(?:a |the |an )?(?:\w+ )?(?:plans?|schedule|assignments?|work breakdown|roadmap|who does what|steps to)\b",
    ),
    Rule("plan", "outline list map", r"^(?:\W*\w+)?\W*steps\b"),
    Rule("plan", "plan delegate orchestrate coordinate decompose schedule organise organize"),
    Rule(
        "plan",
        "assign distribute allocate hand",
        r"work|tasks?|jobs?|steps?|parts?|members?|specialists?|team|goal|out",
    ),
    Rule(
        "plan",
        "work figure decide determine map lay set draw say propose tell",
        r"who (?:should|does|will|is to|must)|(?:what|which) order|steps\b|\bplan\b",
    ),
    Rule(
        "plan",
        "break split divide decide",
        r"down|goal|work|into (?:steps|tasks|parts|jobs)|who (?:does|should|will)|project",
    ),
    Rule(
        "classify",
        "classify categorise categorize triage label tag sort route assign put decide identify choose pick detect "
        "determine",
        rf"(?:{CLASSES}|into (?:one|exactly)|intent)",
    ),
    Rule("classify", "decide determine say tell identify", r"whether\b.*\b(?:is|concerns)\b.*,.*\bor\b"),
    Rule("classify", "decide determine say tell", r"\bwhere\b.*\b(?:goes|go|belongs?)\b"),
    Rule("classify", "label tag sort", r":.*\bor\b"),
    Rule("classify", "classify categorise categorize triage"),
    Rule("score", "score rate qualify grade prioritise prioritize evaluate assess rank", LEADS),
    Rule(
        "extract",
        "choose pick select rank",
        rf"^\W*(?:(?!candidates?|drafts?|versions?|strongest|winner|better)\w+\W+){{0,5}}?(?:{FACTS})\b",
    ),
    Rule("judge", "judge arbitrate adjudicate vote"),
    Rule("judge", "say tell", r"\bwhich (?:of|one)\b.*\b(?:best|better|stronger|strongest)\b"),
    Rule("judge", "choose pick select rank compare score rate evaluate decide grade name crown weigh assess", RIVALS),
    Rule("score", "score qualify grade rate prioritise prioritize"),
    Rule(
        "review",
        "say tell decide judge check",
        r"whether\b.*\b(?:may|can|is ready|is fit|should)\b.*\b(?:out|sent|published|go|publish|release)\b",
    ),
    Rule("review", "approve reject veto greenlight"),
    Rule("review", "give take have cast", r"^(?:\W*\w+){0,4}\W*(?:look|read|once-over)\b(?!\s+up)"),
    Rule("review", "accept", r"\b(?:or|and)\b"),
    Rule("review", "return", r"\bwith\b.*\b(?:remarks?|notes?|comments?|feedback)\b"),
    Rule("review", "give provide leave write", r"\b(?:feedback|remarks|comments)\b"),
    Rule(
        "check",
        "list name report quote find spot mark point flag note catch hunt identify look",
        r"\b(?:mistakes?|errors?|faults?|slips?|flaws?|what is wrong|inaccurac(?:y|ies))\b",
    ),
    Rule("review", "send return hand", r"\bback\b"),
    Rule("review", "sign", r"\boff\b"),
    Rule("review", "give return write pass decide deliver", r"verdicts?|approval|go/no-go"),
    Rule("review", "review critique evaluate assess audit inspect vet"),
    Rule("review", "judge decide", r"good enough|acceptable|ready|fit to"),
    Rule("summarise", "tell say explain state", r"what (?:this|the|it)\b.*\b(?:says?|is about|means?|amounts? to)\b"),
    Rule(
        "summarise",
        "write draft compose produce prepare give create make provide craft turn deliver compile",
        rf"^(?:\W*\w+){{0,5}}\W*(?:{SUMMARIES})\b",
    ),
    Rule("summarise", "summarise summarize condense shorten abridge recap distil distill compress digest"),
    Rule(
        "merge",
        "boil condense reduce compile distil distill",
        r"(?:set|list) of (?:notes|facts|findings|points)|repetition|duplicates?|into one list",
    ),
    Rule("summarise", "boil sum", r"\b(?:down|up)\b"),
    Rule(
        "write",
        "assemble merge combine synthesise synthesize weave turn convert transform shape make develop expand rewrite "
        "adapt repurpose rework",
        rf"\b(?:into|as|to) (?:\w+ ){{0,4}}?(?:{PROSE})\b",
    ),
    Rule(
        "merge",
        "merge combine consolidate deduplicate dedupe join unify reconcile aggregate integrate synthesise synthesize "
        "stitch fuse collate pool fold blend assemble",
    ),
    Rule("merge", "bring put", rf"\b(?:together|into one)\b(?!.*\b(?:{PROSE})\b)"),
    Rule(
        "edit",
        "edit proof proofread copy-edit copyedit correct fix revise polish tighten amend improve repair rework subedit "
        "sub-edit sharpen rephrase mend",
    ),
    Rule("edit", "knock lick whip", r"\binto shape\b"),
    Rule("edit", "clean tidy trim", r"\b(?:up|draft|text|copy|article|post|prose)\b"),
    Rule("check", "check verify fact-check factcheck double-check validate compare cross-check confirm"),
    Rule(
        "extract",
        "write draft compose make produce give prepare return provide",
        rf"^(?:\W*\w+){{0,3}}\W*(?:notes|list|{FACTS})\b",
    ),
    Rule("write", "write draft compose author craft pen word pitch"),
    Rule("write", "put", r"\binto (?:plain|simple|clear|everyday|your own) (?:words|english|language)\b"),
    Rule("write", "put", rf"\btogether\b.*\b(?:{PROSE})\b"),
    Rule(
        "write",
        "prepare create produce deliver generate make compile build develop put tell announce give send",
        rf"\b(?:{PROSE})\b",
    ),
    Rule(
        "extract",
        "find extract list collect gather research note identify retrieve dig harvest mine spot search compile "
        "highlight look investigate unearth uncover sift scan surface capture jot source",
    ),
    Rule(
        "extract",
        "hand pull pick get give name bring report quote return show provide take mark fetch record track",
        rf"\b(?:{FACTS})\b|\bout\b",
    ),
    Rule("answer", "answer respond explain"),
    Rule("answer", "reply", r"questions?"),
    Rule("write", "reply"),
    Rule("format", "format typeset"),
    Rule("format", "add", MARKUP),
    Rule("write", "publish post email tweet"),
)

NOUNS = {
    "code_review": r"code reviewer|linter",
    "judge": r"judge|arbiter|jury|juror|referee",
    "plan": r"planner|orchestrator|project manager|coordinator|team lead|manager|supervisor|scheduler",
    "edit": r"(?:sub-?|copy-?)?editor|proof-?reader",
    "review": r"reviewer|quality (?:controller|checker)|critic|auditor|fact[- ]?checker|checker|approver|QA",
    "merge": r"merger|synthesi[sz]er|combiner|aggregator",
    "classify": r"classifier|triage (?:agent|nurse|desk)|dispatcher|router",
    "score": r"scorer|lead qualifier",
    "summarise": r"tl;?dr|summari[sz]er",
    "format": r"formatter|typesetter|web producer|publisher",
    "ledger": r"bookkeeper|accountant",
    "write": r"(?:copy|speech|ghost|tech(?:nical)? )?-?writer|author|journalist|blogger|reporter|mailer"
    r"|(?:social media|content|newsletter) \w+",
    "extract": r"(?:re)?searcher|analyst|librarian|fact[- ]?finder|note[- ]?taker|scout|investigator|archivist",
    "answer": r"answerer|help ?desk|expert",
}
NOUN_PATTERNS = {skill: re.compile(rf"\b(?:{pattern})s?\b", re.IGNORECASE) for skill, pattern in NOUNS.items()}

DETERMINERS = frozenset(
    """a an the this that these those your their its our my his her each every any no one two three some of final first
    last next short finished edited approved whole entire same single good new""".split()
)
NEGATIONS = frozenset("not never don't don’t doesn't without no nor rather cannot can't avoid instead".split())
# These are nouns as often as verbs: they count as verbs only where a command or its continuation may stand.
EITHER = frozenset(
    """list note report plan score review answer draft post email check sum total balance reply rank label tag sort
    edit research summary grade rate state look mark place pool format mine name quote output record judge tweet
    author index set voice audit tally pen word source digest surface total spot search route show highlight fix
    compromise copy-edit patch vote turn make""".split()
)
COMMAND_AFTER = frozenset(
    "and or then to please must should will shall you also first now next finally always who that which but".split()
)
OFFERED = frozenset(
    "job task role duty duties asked need needs want wants responsible aim goal is are have has supposed expected "
    "here".split()
)
OTHERS_DO = frozenset("can could would may might".split())
