// @ts-check
// The report: findings by week, asks by stage, rules by use. Drawn as SVG by hand; the same numbers stand in tables.
import { call, CallError } from './rules-api.js';
import { barChart, legend, stackedColumns, tableOf } from './charts.js';
import { dayForm, element, make, text, write } from './page.js';

/**
 * @typedef {{from: string, early: number, fits: number, hunting: number, dismissed: number}} Week
 * @typedef {{stage: string, early: number, fits: number}} StageCell
 * @typedef {{weeks: Week[], asks: {kind: string, stages: StageCell[]}[], rules: {rule: string, fired: number, dismissed: number}[]}} Report
 */

const MOST_RULES = 10;
const day = new Intl.DateTimeFormat(dayForm(), { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** @param {Week[]} weeks */
function showWeeks(weeks) {
  const series = [
    { name: text('weeks', 'early'), tone: 'error', values: weeks.map((week) => week.early) },
    { name: text('weeks', 'hunting'), tone: 'warning', values: weeks.map((week) => week.hunting) },
    { name: text('weeks', 'fits'), tone: 'leaf', values: weeks.map((week) => week.fits) },
  ];
  const labels = weeks.map((week) => day.format(new Date(week.from)));
  element('weeks-chart').replaceChildren(stackedColumns(labels, series, text('weeks', 'title')));
  element('weeks-legend').replaceChildren(...legend(series));
  tableOf('weeks-table', [text('weeks', 'week'), ...series.map((one) => one.name), text('weeks', 'dismissed')],
    weeks.map((week, i) => [labels[i] ?? '', week.early, week.hunting, week.fits, week.dismissed]));
}

/** @param {Report['asks']} asks */
function showAsks(asks) {
  const rows = asks.map((ask) => ({
    name: text('kinds', ask.kind),
    parts: [
      { tone: 'error', value: ask.stages.reduce((sum, stage) => sum + stage.early, 0) },
      { tone: 'leaf', value: ask.stages.reduce((sum, stage) => sum + stage.fits, 0) },
    ],
  }));
  element('asks-chart').replaceChildren(barChart(rows, text('asks', 'title')));
  element('asks-legend').replaceChildren(...legend([{ name: text('weeks', 'early'), tone: 'error' }, { name: text('weeks', 'fits'), tone: 'leaf' }]));
  tableOf('asks-table', [text('asks', 'kind'), ...(asks[0]?.stages ?? []).map((stage) => text('stages', stage.stage))],
    asks.map((ask) => [text('kinds', ask.kind), ...ask.stages.map(({ early, fits }) => (
      early + fits === 0 ? '–' : text('asks', 'cell', { early, fits })))]));
}

/** @param {Report['rules']} rules */
function showRules(rules) {
  const shown = rules.slice(0, MOST_RULES);
  const rows = shown.map((rule) => ({ name: rule.rule, parts: [{ tone: 'info', value: rule.fired }, { tone: 'soil', value: rule.dismissed }] }));
  element('rules-chart').replaceChildren(barChart(rows, text('rules', 'title')));
  element('rules-legend').replaceChildren(...legend([{ name: text('rules', 'fired'), tone: 'info' }, { name: text('rules', 'dismissed'), tone: 'soil' }]));
  tableOf('rules-table', [text('rules', 'rule'), text('rules', 'fired'), text('rules', 'dismissed')],
    rules.map((rule) => [rule.rule, rule.fired, rule.dismissed]));
}

async function start() {
  try {
    const report = /** @type {Report} */ (await call('GET', '/rules/report'));
    const isEmpty = report.rules.length === 0;
    element('nothing').hidden = !isEmpty;
    element('charts').hidden = isEmpty;
    if (isEmpty) return;
    showWeeks(report.weeks);
    if (report.asks.length) showAsks(report.asks);
    else element('asks-chart').replaceChildren(make('p', text('report', 'no_asks'), 'hint'));
    showRules(report.rules);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    write('notice-text', error.message || text('problems', 'away'));
    element('notice').hidden = false;
  }
}

void start();
