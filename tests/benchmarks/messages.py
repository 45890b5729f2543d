"""Messages of 600 to 640 characters for the benchmarks, and variants that nothing has seen before."""

from __future__ import annotations

OPENINGS = (
    "Hello Margaret, it was good to hear your talk on tidal mills at the Whitby meeting last month.",
    "Hi Tomas, congratulations on the new workshop; the photographs of the lathe made me jealous.",
    "Dear Ms Okafor, my colleague Ruth told me how you rebuilt the night shift in two weeks.",
)
MIDDLES = (
    "I have been repairing clocks for twenty years, and your remark about patience and oil has stayed with me since.",
    "We spent the spring testing three kinds of glue, and only the smelliest of them held through the frost.",
    "There is a small exhibition of harbour drawings in June that you might enjoy if you are in the north.",
)
ASKS = (
    "I was wondering whether you could introduce me to the curator of the museum, as I would like to show her our work.",
    "Would you be open to a short call next week so that I can ask you two questions about the funding?",
    "It would mean a lot to me if you could read the attached proposal and tell me honestly what you think of it.",
)
CLOSINGS = (
    "Whatever you decide, thank you for the notes that you shared with everybody after the meeting in May.",
    "If the timing is bad please just say so, I know how full these weeks are before the summer for all of you.",
    "My daughter says hello and asks whether the heron is still standing on your neighbour's roof in the morning.",
)


def messages() -> list[str]:
    """Return 27 English messages of 600 to 640 characters."""
    many = []
    for i, opening in enumerate(OPENINGS):
        for j in range(3):
            for k in range(3):
                text = " ".join([opening, MIDDLES[j], ASKS[(i + k) % 3], MIDDLES[(j + 1) % 3], CLOSINGS[k]])
                filler = " It rained all week, and the boats stayed in the harbour while we painted the old shed green again."
                many.append((text + filler * 2)[:620].rsplit(" ", 1)[0] + ".")
    return many


def unseen(text: str, number: int) -> str:
    """Return *text* with a word that nothing has seen in each clause, so that no cache helps."""
    return text.replace(", ", f", w{number}q ").replace(". ", f" w{number}z. ")
