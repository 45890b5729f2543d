// @ts-check
// Two sorts of charts as SVG, and tables with the same numbers.
import { element, make } from './page.js';

/** @typedef {{name: string, tone: string, values: number[]}} Series */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 720;
const HEIGHT = 220;
/** Room above the topmost line for the upper half of its number, which is large on a narrow screen. */
const TOP = 20;
const AXIS = 30;
const LEFT = 34;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [content] */
function draw(tag, attributes, content) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (content !== undefined) made.textContent = content;
  return made;
}

/** A round number not below *value*, for the top of an axis; half of it is whole from 4 on. @param {number} value */
function roundUp(value) {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 3, 4, 6, 8, 10].map((times) => times * step).find((top) => top >= value) ?? value;
}

/**
 * Columns of several series on top of each other.
 * @param {string[]} labels
 * @param {Series[]} series
 * @param {string} title
 */
export function stackedColumns(labels, series, title) {
  const totals = labels.map((_, i) => series.reduce((sum, one) => sum + (one.values[i] ?? 0), 0));
  const top = roundUp(Math.max(4, ...totals));
  const chart = draw('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT + AXIS}`, role: 'img', 'aria-label': title, class: 'columns-chart' });
  for (const part of [0, 0.5, 1]) {
    const y = HEIGHT - part * (HEIGHT - TOP);
    chart.append(draw('line', { x1: LEFT, x2: WIDTH, y1: y, y2: y, class: 'grid' }),
      draw('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end', class: 'tick' }, String(Math.round(part * top))));
  }
  const step = (WIDTH - LEFT) / labels.length;
  labels.forEach((label, i) => {
    let y = HEIGHT;
    for (const one of series) {
      const height = ((one.values[i] ?? 0) / top) * (HEIGHT - TOP);
      if (height === 0) continue;
      y -= height;
      const bar = draw('rect', { x: LEFT + i * step + step * 0.18, y, width: step * 0.64, height: Math.max(0, height - 1), rx: 3, class: `tone-${one.tone}` });
      bar.append(draw('title', {}, `${label}: ${one.name} ${one.values[i]}`));
      chart.append(bar);
    }
    // On a narrow screen every other label would run into the next; the latest keeps its own.
    const isOdd = (labels.length - 1 - i) % 2 === 1;
    chart.append(draw('text', { x: LEFT + (i + 0.5) * step, y: HEIGHT + 24, 'text-anchor': 'middle', class: isOdd ? 'tick odd' : 'tick' }, label));
  });
  return chart;
}

/**
 * One bar a row, its parts beside each other, the numbers at its end.
 * @param {{name: string, parts: {tone: string, value: number}[]}[]} rows
 * @param {string} title
 */
export function barChart(rows, title) {
  const most = Math.max(1, ...rows.map((row) => row.parts.reduce((sum, part) => sum + part.value, 0)));
  const list = make('ul', '', 'bars');
  list.setAttribute('aria-label', title);
  list.append(...rows.map((row) => {
    const line = document.createElement('li');
    const bar = draw('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    let x = 0;
    for (const part of row.parts) {
      const width = (100 * part.value) / most;
      bar.append(draw('rect', { x, y: 0, width, height: 10, class: `tone-${part.tone}` }));
      x += width;
    }
    line.append(make('span', row.name, 'bar-name'), bar, make('span', row.parts.map((part) => part.value).join(' / '), 'bar-value'));
    return line;
  }));
  return list;
}

/** @param {{name: string, tone: string}[]} series */
export function legend(series) {
  return series.map(({ name, tone }) => {
    const entry = document.createElement('li');
    const box = draw('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' });
    box.append(draw('rect', { width: 10, height: 10, rx: 2, class: `tone-${tone}` }));
    entry.append(box, make('span', name));
    return entry;
  });
}

/** @param {string} id @param {string[]} names @param {(string | number)[][]} rows */
export function tableOf(id, names, rows) {
  const table = /** @type {HTMLTableElement} */ (element(id));
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  head.append(...names.map((name) => {
    const cell = make('th', name);
    cell.scope = 'col';
    return cell;
  }));
  table.createTBody().append(...rows.map((row) => {
    const line = document.createElement('tr');
    line.append(...row.map((value, i) => {
      const cell = make(i ? 'td' : 'th', String(value));
      if (cell instanceof HTMLTableCellElement && !i) cell.scope = 'row';
      return cell;
    }));
    return line;
  }));
}
