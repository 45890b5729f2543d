// @ts-check
// Example messages, and for each stage a history that really reaches it.
import { text } from './page.js';

/** @typedef {{date: string, kind: string, direction: string, summary: string}} HistoryEvent */
/** @typedef {{label: string, language: string, text: string}} Example */

/** A stranger asks Ivan Misner for Richard Branson, once in each language. @type {readonly Example[]} */
export const SCENES = [
  { label: 'The scene', language: 'en', text: 'Hi Ivan 😀 so glad to have found you here! I run a niche marketing agency. Could you introduce me to Richard Branson, so that I can offer him our services?\n\nGreg' },
  { label: 'La scena', language: 'it', text: 'Salve Ivan 😀 che piacere averLa trovata qui! Ho un’agenzia di marketing di nicchia. Potrebbe presentarmi Richard Branson, così gli propongo i nostri servizi?\n\nRoberto' },
  { label: 'La escena', language: 'es', text: 'Hola Ivan, ¡qué alegría encontrarle por aquí! Tengo una agencia de marketing de nicho. ¿Podría presentarme a Richard Branson para ofrecerle nuestros servicios?\n\nJavier' },
  { label: 'La scène', language: 'fr', text: 'Bonjour Ivan, quel plaisir de vous trouver ici ! Je dirige une agence de marketing. Pourriez-vous me présenter à Richard Branson, afin que je lui propose nos services ?\n\nLucie' },
  { label: 'Die Szene', language: 'de', text: 'Hallo Ivan, wie schön, Sie hier zu finden! Ich leite eine Marketingagentur. Könnten Sie mich Richard Branson vorstellen, damit ich ihm unsere Leistungen anbieten kann?\n\nJonas' },
  { label: 'A cena', language: 'pt', text: 'Olá Ivan, que bom encontrá-lo por aqui! Tenho uma agência de marketing. O senhor poderia me apresentar ao Richard Branson, para eu oferecer os nossos serviços?\n\nBia' },
];

/** Messages that give before they ask. @type {readonly Example[]} */
export const FARMING = [
  { label: 'Farming', language: 'en', text: 'Hi Ivan, thank you for your talk in Turin; the story of the two gardeners stayed with me all week. How did the new chapter start out? I have a spare map of the old town and am happy to post it to you. No hurry to answer.\n\nGreg' },
  { label: 'Coltivare', language: 'it', text: 'Salve Ivan, grazie per il Suo intervento a Torino: la storia dei due giardinieri mi è rimasta in mente. Com’è partito il nuovo capitolo? Ho una pianta della città vecchia in più e gliela spedisco volentieri. Nessuna fretta di rispondere.\n\nRoberto' },
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
 * Return a history that reaches a stage today, in order of date; the server names its events e1, e2 and so on.
 * @param {string} stage
 * @returns {HistoryEvent[]}
 */
export function historyFor(stage) {
  const events = [
    { from: 'visibility', days: 75, kind: 'meeting', direction: 'both', summary: text('invented', 'meeting') },
    { from: 'credibility', days: 40, kind: 'call', direction: 'both', summary: text('invented', 'call') },
    { from: 'credibility', days: 30, kind: 'gave', direction: 'sent', summary: text('invented', 'gave') },
    { from: 'credibility', days: 28, kind: 'message', direction: 'received', summary: text('invented', 'message') },
    { from: 'profitability', days: 10, kind: 'received', direction: 'received', summary: text('invented', 'received') },
  ];
  return events
    .filter((event) => STAGES.indexOf(event.from) <= STAGES.indexOf(stage))
    .map(({ days, kind, direction, summary }) => ({ date: daysAgo(days), kind, direction, summary }));
}
