// What the user takes for no ask, or for not worth saying here, as the server notes it.

/**
 * The write that dismisses a finding.
 * @param {ReportFinding} finding
 * @param {'ignored' | 'no_ask'} reason
 * @param {{ text: string, language: string | null, stage: Stage, contact: { id: string, name: string } | null, recipient: string | null }} message
 */
export function dismissalOf(finding, reason, { text, language, stage, contact, recipient }) {
  const { rule, kind, quote } = finding;
  const body = { rule, kind, sentence: sentenceOf(text, finding, language), quote, language, stage, contact: contact?.id ?? null, reason };
  return { method: /** @type {const} */ ('POST'), path: '/dismissals', body, what: reason, words: quote, who: contact?.name ?? recipient ?? '' };
}

/** The sentences that a finding stands in. @param {string} text @param {ReportFinding} finding @param {string | null} language */
function sentenceOf(text, { start, end }, language) {
  const sentences = [...new Intl.Segmenter(language ?? 'en', { granularity: 'sentence' }).segment(text)];
  return sentences.filter(({ index, segment }) => index < end && index + segment.length > start).map(({ segment }) => segment).join('').trim();
}
