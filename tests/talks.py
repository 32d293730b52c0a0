"""Short invented talks, as people speak: with the figures in them and whose they are.

The last two were written after the numbers in `transcripts/boundaries.py` had been chosen.
"""

from __future__ import annotations

from typing import NamedTuple


class Talk(NamedTuple):
    name: str
    text: str
    owners: tuple[tuple[str, str], ...]  # a figure, and a word of what it belongs to


TALKS = (
    Talk(
        "swimming pool",
        """Good evening everyone, and thank you for coming out in this weather. My name is Carla Brandt and I run the
        pool on Mill Street. Some of you have been swimming there since you were five. Tonight I want to
        tell you what it costs to keep it open and what we have to decide before the summer. Last year the
        heating alone took ninety thousand euros. The year before it was fifty two thousand. That is not
        because we heat more, it is because gas got so expensive. The lifeguards cost us another hundred and
        ten thousand, and nobody wants to save on lifeguards. So where could we save? We looked at three
        things. The cover for the night would cost 14,000 euros and it pays for itself in two winters. Solar
        panels on the changing rooms are cheaper than I thought, about 36,000 euros. The third idea was to
        close on Mondays. I don't like that idea and I'll tell you why. Monday is the day the school comes.
        If we close on Mondays, 240 children don't learn to swim. Okay, what happens next? The council votes
        on June 12. Until then you can write to them, you can talk to me, you can come to the open day. We
        need six hundred signatures. Right now we have 415. I know you can do this. Thank you.""",
        (
            ("ninety", "heating"),
            ("hundred", "lifeguards"),
            ("14,000", "cover"),
            ("36,000", "panels"),
            ("240", "children"),
            ("12.", "council"),
            ("415.", "have"),
        ),
    ),
    Talk(
        "bees",
        """So this is a talk about bees, and mostly about what I did wrong. I started four years ago with two hives on
        the roof of our office. I had read three books and I thought I knew everything. The first winter
        both colonies died. What went wrong? Well, I had taken too much honey. A colony needs around 15
        kilos to get through the winter here and I had left them maybe six. You read that in every book and
        still you think your bees will be different. They are not different. In the second year I bought a
        scale. It sounds boring but the scale changed everything, because now I could see what they carried
        in every single day. On a good day in May one hive brings in 2.4 kilos. On a rainy day it loses 200
        grams. When you see those numbers you stop guessing. Then my neighbour Piet joined me. He is an
        electrician and he put a sensor into each hive. The sensors cost eleven euros each. They tell us the
        temperature in the middle of the cluster, which should be about 35 degrees when there is brood. We
        found a sick colony two weeks before anybody could have seen it. Now we have nine hives and we lost
        only one last winter. If you want to begin, begin with a scale. Don't buy the expensive suit. And
        please, leave them their honey.""",
        (
            ("15", "colony"),
            ("2.4", "hive"),
            ("200", "rainy"),
            ("eleven", "sensors"),
            ("35", "cluster,"),
            ("nine", "hives"),
        ),
    ),
    Talk(
        "night buses",
        """I want to begin with a story. Two years ago a nurse called Samira Haddad wrote us a letter. She finishes
        work at a quarter past one and the last bus leaves at half past twelve. She walks home, four
        kilometres, three times a week. We checked and she was not alone. In our city 8,300 people start or
        finish work between midnight and five. They clean, they bake, they look after your parents. We had
        no bus for any of them. Now, a night bus is expensive. One line costs about 310,000 a year and our
        whole budget for new lines was half a million. So we did something unusual. We asked the employers.
        The hospital gave 80,000. The airport gave 120,000 and the big bakery on the ring road gave us
        25,000 and free bread for the drivers. I am not joking about the bread. In January we opened line
        N4. The first month was terrible. We had eleven passengers a night. The newspaper called it the
        ghost bus. But we had promised to wait for half a year, and that was the best decision we made. By
        June it was 190 a night. Today it is 260. What did I learn from this? First, count the people who
        are not there. Second, let those pay who gain from it. And third, be patient, because habits change
        slowly. Samira takes the bus now. She still writes to us, usually when it is late.""",
        (
            ("8,300", "people"),
            ("310,000", "line"),
            ("80,000.", "hospital"),
            ("120,000", "airport"),
            ("25,000", "bakery"),
            ("eleven", "passengers"),
        ),
    ),
    Talk(
        "library of things",
        """Hello. Can you hear me in the back? Great. How many of you own a drill? Almost everyone. And how many have
        used it this month? I see two hands. That is the whole idea. A drill is used for thirteen minutes in
        its life, somebody once said, and even if that is wrong it is not wrong by much. We lend things.
        People bring what they do not need and others borrow it for three days. We opened in an old shop in
        Garnet Lane with 60 objects on the shelves. Today we have 1,150. The most popular one is not the
        drill, by the way. It is the carpet cleaner, which goes out four times a week. Second is the
        projector. Third is a very large pot for soup. Membership costs 24 pounds a year and there are 870
        members, so we can pay the rent but not a salary. All of us are volunteers. Last autumn we made a
        mistake. We bought a cargo bike for 3,200 pounds without asking anyone. Nobody borrowed it. You see,
        people in our hills do not want a cargo bike, they want a van. Ayo, who joined us in March, asked
        every member what they were missing. It took her five weeks. The answer was a sewing machine, a
        pressure washer and somebody who shows you how to use them. So now there is a course every Saturday.
        I said earlier that we have 1,150 objects. That was before this morning, when a man brought us a
        canoe. Come and see it.""",
        (
            ("60", "shop"),
            ("24", "membership"),
            ("870", "members,"),
            ("3,200", "bike"),
            ("five", "took"),
            ("four", "cleaner,"),
        ),
    ),
    Talk(
        "sourdough",
        """Let me show you something. This jar is older than my daughter. She is nineteen. My grandmother started it in
        a kitchen in Gdansk and it has been fed every single day since then. People think that good bread is
        about the recipe. It isn't. Flour, water, salt, that's the recipe, you can all go home now. Good
        bread is about time. Our dough rests for 26 hours. In a factory the dough rests for forty minutes,
        and then they add things so that your stomach does not notice. I'm not angry at factories. They feed
        a lot of people. But I want you to know what you are buying. When we started, Tomek and I baked 40
        loaves a night and threw half of them away. We had no idea how much a street eats. After a year it
        was 300 and we threw away nine. How did we do that? We asked people to order the day before. That's
        it, that's the whole trick. The oven uses 18 kilowatts, so an empty oven is very expensive air. If I
        bake what is ordered, I save about 700 zloty a week. My accountant cried. Some questions I always
        get. Is it healthy? I'm a baker, ask a doctor. Why is it so expensive? Because Tomek sleeps at night
        now, and somebody else has to be paid. Can I have some of the jar? Yes. Everybody who comes on
        Sunday gets a spoonful, but you have to give it a name.""",
        (
            ("26", "dough"),
            ("40", "loaves"),
            ("18", "oven"),
            ("700", "save"),
            ("forty", "factory"),
        ),
    ),
    Talk(
        "council minutes",
        """The next item is the bridge at Weir Lane. The engineers closed it on the fourth of February after they found
        rust in two of the main beams. Councillor Okafor reported that a full repair would cost 2.1 million
        and would take fourteen months. A temporary bridge for walkers and bicycles costs 180,000 and could
        stand by the end of May. Mrs. Lindqvist asked who would pay for the temporary bridge. The answer was
        that the county pays sixty percent. Mr. Adeyemi said that the shops on the east bank have lost a
        third of their customers and that some of them will not be there in May. He proposed a free shuttle
        from the station. The treasurer said a shuttle costs 900 a day. There was a long discussion about
        it. In the end the council decided to order the temporary bridge at once and to pay for the shuttle
        until it opens. The vote was eleven to two. Councillor Okafor will talk to the county this week. The
        treasurer will bring a plan for the full repair to the meeting in April. I would like to correct
        something I said in January. I told you that the weir itself was safe until 2040. The report says
        2034. I am sorry about that.""",
        (
            ("2.1", "repair"),
            ("180,000", "walkers"),
            ("sixty", "county"),
            ("900", "shuttle"),
            ("eleven", "vote"),
            ("2034.", "report"),
        ),
    ),
    Talk(
        "choir",
        """Somebody asked me to explain why a town of our size needs a choir. Honestly I don't know if it needs
        one. We founded it in 2019 after a funeral at which nobody dared to sing. At the first rehearsal there
        were twelve of us and only four could read music. Nobody minded. Ines, who teaches at the primary
        school, wrote the melodies on a roll of wallpaper and moved a stick along it. That wallpaper still hangs
        in the hall. Today there are 31 singers on the list, and on a normal Thursday about twenty of them turn
        up. What changed? I think it was the tour. Two summers ago we went to Lisbon by bus. The tour cost 4,600
        euros and most of it came from selling soup. We sang in front of 85 people, which was the largest
        audience of our lives. In the second row a man wept through all six songs. Later we found out that he
        was the caretaker and wanted to go home. Still, it did something to us. Since then people practise. They
        send each other recordings at midnight. My own part is small, I bring the keys and I count. If you ask
        me what we need, it is not money. It is basses. We have three, and one of them is moving to Porto in the
        autumn. So if you have a low voice, or a low friend, come on Thursday at seven. The door sticks. Push.""",
        (
            ("31", "singers"),
            ("twelve", "could"),
            ("4,600", "tour"),
            ("85", "audience"),
            ("six", "songs"),
            ("2019", "founded"),
        ),
    ),
    Talk(
        "glacier",
        """This picture was taken from the terrace of the hut in August. You can see a line on the rock above the
        ice. That line is where the glacier stood in 1850. Measured straight down it is more than 300 metres. I
        have come here every year since I was a student and the walk gets longer every time. Last year alone the
        front went back 63 metres. People ask whether the ice will come back. It will not, at least not for us.
        Even if it stopped getting warmer today, most of this would be gone in seventy years. The air up here is
        two degrees warmer than when my father was the warden. Why should anybody care? Down in the valley lies
        a village with 1,200 people, and in dry summers half of their water is melted ice. At the moment they
        get too much of it. On a hot afternoon 400 litres a second come out of this gate. In thirty years there
        may be almost nothing. The mayor is Renate Kofler and she did something clever. She put a camera up here
        and the picture goes to the school every morning. The children draw the edge of the ice. They don't need
        me to explain the curve. One of them asked why we do not cover the glacier with a blanket. Actually some
        people do that. It helps a ski run, it does not help a glacier. We should be honest about that. And now
        let us walk, before the clouds come in.""",
        (
            ("63", "metres"),
            ("1850.", "glacier"),
            ("400", "litres"),
            ("seventy", "camera"),
            ("two", "degrees"),
            ("1,200", "village"),
        ),
    ),
)
