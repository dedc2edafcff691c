"""Writes reference.txt: what py-fsrs 6.3.2 makes of 1,000 random histories of answers.

    pip install fsrs==6.3.2 && python3 reference.py > reference.txt

The histories are not stored: whoever compares makes the same ones from the same numbers (SplitMix64, as in the crate
`seeded`). A line holds, for one history, the stability and the difficulty after its last answer, and the interval in
days that follows from them at the history's wanted retention, before it is rounded to at least one day.
"""

from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler

MASK = (1 << 64) - 1
SEED = 20_779
HISTORIES = 1_000
DAYS = [0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 21, 40, 90, 200, 400]
RATINGS = [1, 1, 2, 2, 3, 3, 3, 3, 3, 4]


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, end):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % end


def main():
    random = Random(SEED)
    for _ in range(HISTORIES):
        retention = (80 + random.below(16)) / 100
        scheduler = Scheduler(desired_retention=retention, enable_fuzzing=False)
        card, time = Card(), datetime(2025, 1, 1, 8, tzinfo=timezone.utc)
        for answer in range(1 + random.below(20)):
            days = DAYS[random.below(len(DAYS))] if answer > 0 else 0
            # A minute more, so that whole days have passed.
            time += timedelta(days=days, minutes=1)
            card, _ = scheduler.review_card(card, Rating(RATINGS[random.below(len(RATINGS))]), time)
        interval = card.stability / scheduler._FACTOR * (retention ** (1 / scheduler._DECAY) - 1)
        print(f"{card.stability:.7g} {card.difficulty:.7g} {interval:.7g}")


main()
