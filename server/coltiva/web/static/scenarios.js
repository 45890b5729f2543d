// @ts-check
// Example messages, and for each stage a history that really reaches it.

/** @typedef {{date: string, kind: string, direction: string, summary: string}} HistoryEvent */

/** @type {{label: string, text: string}[]} */
export const EXAMPLES = [
  { label: 'The scene', text: 'Hi Ivan 😀 so glad to have found you here! I run a niche marketing agency. Could you introduce me to Richard Branson, so that I can offer him our services?\n\nGreg' },
  { label: 'La scena', text: 'Salve Ivan 😀 che piacere averLa trovata qui! Ho un’agenzia di marketing di nicchia. Potrebbe presentarmi Richard Branson, così gli propongo i nostri servizi?\n\nRoberto' },
  { label: 'La escena', text: 'Hola Ivan, ¡qué alegría encontrarle por aquí! Tengo una agencia de marketing de nicho. ¿Podría presentarme a Richard Branson para ofrecerle nuestros servicios?\n\nJavier' },
  { label: 'La scène', text: 'Bonjour Ivan, quel plaisir de vous trouver ici ! Je dirige une agence de marketing. Pourriez-vous me présenter à Richard Branson, afin que je lui propose nos services ?\n\nLucie' },
  { label: 'Die Szene', text: 'Hallo Ivan, wie schön, Sie hier zu finden! Ich leite eine Marketingagentur. Könnten Sie mich Richard Branson vorstellen, damit ich ihm unsere Leistungen anbieten kann?\n\nJonas' },
  { label: 'A cena', text: 'Olá Ivan, que bom encontrá-lo por aqui! Tenho uma agência de marketing. O senhor poderia me apresentar ao Richard Branson, para eu oferecer os nossos serviços?\n\nBia' },
  { label: 'Farming', text: 'Hi Ivan, thanks for your talk in Turin; the story of the two gardeners stayed with me. How did the new chapter start? I met a baker who is looking for just such a group, happy to send her your way if that helps. No hurry to answer.\n\nGreg' },
];

export const STAGES = ['stranger', 'visibility', 'credibility', 'profitability'];

/**
 * Return the day that lies so many days before today, by the user's calendar.
 * @param {number} days
 */
function daysAgo(days) {
  const day = new Date();
  day.setDate(day.getDate() - days);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

/**
 * Return a history that reaches a stage today.
 * @param {string} stage
 * @returns {HistoryEvent[]}
 */
export function historyFor(stage) {
  const events = [
    { from: 'visibility', days: 75, kind: 'meeting', direction: 'both', summary: 'Breakfast at BNI, talked about sailing' },
    { from: 'credibility', days: 40, kind: 'call', direction: 'both', summary: 'Half an hour on the phone about Turin' },
    { from: 'credibility', days: 30, kind: 'gave', direction: 'sent', summary: 'Sent the nautical chart' },
    { from: 'credibility', days: 28, kind: 'message', direction: 'received', summary: 'Thanked for the chart' },
    { from: 'profitability', days: 10, kind: 'received', direction: 'received', summary: 'Passed on a client' },
  ];
  return events
    .filter((event) => STAGES.indexOf(event.from) <= STAGES.indexOf(stage))
    .map(({ days, kind, direction, summary }) => ({ date: daysAgo(days), kind, direction, summary }));
}
