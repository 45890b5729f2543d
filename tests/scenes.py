"""The scene of the article: a stranger asks Ivan Misner for Richard Branson so as to sell marketing services."""

SCENES = {
    "en": (
        "Hi Ivan 👨‍👩‍👧 😀 so glad to have found you here! I run a niche marketing agency. "
        "Could you introduce me to Richard Branson, so that I can offer him our services? Thanks, Greg",
        "Could you introduce me to Richard Branson, so that I can offer him our services",
    ),
    "it": (
        "Salve Ivan 👨‍👩‍👧 😀 che piacere averLa trovata qui! Ho un'agenzia di marketing di nicchia. "
        "Potrebbe presentarmi Richard Branson, così gli propongo i nostri servizi? Grazie, Roberto",
        "Potrebbe presentarmi Richard Branson, così gli propongo i nostri servizi",
    ),
}
