"""What the extractive model can do, one module a skill.

A skill is a function of a `Job` and nothing else: no clock, no dice, no state of its own.

    def write(job: Job) -> str | dict[str, Any]

It returns text, or, when `job.makes` is a type, a dict that becomes the JSON of that type. (Text is fine there too: the
fields are then filled from it.) What it finds in a Job:

    job.role, job.task       who it is, and what it is asked to do; `job.asked` is both, the task last
    job.material             the prompt, read: sections, sentences, labels (see reading.py)
    job.look(*labels)        the sentences of these sections (none: all that was handed over) *as this reader noticed
                             them*: with slips on, some are missing and some figures are wrong. Everything that is taken
                             over from the material must come through `look`; an editor that patches may leave the rest
                             of `job.material.section("DRAFT")` as it stands.
                             `times=2`: whoever compares with sources looks again before calling a thing wrong.
    job.nothing              what to say when there is nothing to work on (writing skills are not even called then)
    job.budget               tokens the answer may have; `job.fit(lines)` keeps what fits, from the first on
    job.demands              measurable demands stated in role and task: number of items, words, "with sources", …
    job.chance(*key)         0 to 1, from a hash of (seed, sample, key): to draw among equally good wordings, so that
                             rivals and retries differ
    job.how[...]             whatever the trace should say about the work

No fact is ever added to the material: an answer quotes, cuts, orders and joins. See phrasing.py for its own few words.
"""
