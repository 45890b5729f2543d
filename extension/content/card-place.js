// Where the card lies: by the words that it speaks of, and over them only where there is no other place.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.cardPlace) return;

  const WIDTH_PX = 340;
  const GAP_PX = 6;
  const EDGE_PX = 8;
  // More of the window would hide what is written about; a low window gives what its card needs to be read.
  const LARGEST_SHARE = 0.6;
  const ALWAYS_GIVEN_PX = 360;
  // In so much the reasons and the first suggestion can be read, and in so little the title and a line.
  const COMFORT_PX = 260;
  const LEAST_PX = 120;

  /** @typedef {{ left: number, top: number, right: number, bottom: number }} Edges */

  /**
   * How high a card may be on each side of what shall stay seen.
   * @param {Edges} seen
   * @param {{ width: number, height: number }} view
   * @param {number} width
   * @returns {Record<CardSide, number>}
   */
  function rooms(seen, view, width) {
    const whole = view.height - 2 * EDGE_PX;
    /** @param {number} room */
    const beside = (room) => (room >= width ? whole : 0);
    return {
      below: Math.min(whole, view.height - EDGE_PX - seen.bottom - GAP_PX),
      above: Math.min(whole, seen.top - GAP_PX - EDGE_PX),
      right: beside(view.width - EDGE_PX - seen.right - GAP_PX),
      left: beside(seen.left - GAP_PX - EDGE_PX),
    };
  }

  /**
   * The side on which there is room enough; where the card lay *before* it stays as long as it can.
   * @param {Record<CardSide, number>} room
   * @param {number} wanted
   * @param {number} enough
   * @param {CardSide | null} before
   * @returns {CardSide | null}
   */
  function sideWith(room, wanted, enough, before) {
    const larger = room.below >= room.above ? 'below' : 'above';
    /** @type {readonly [CardSide | null, number][]} */
    const order = [[before, enough], ['below', wanted], ['above', wanted], [larger, enough], ['right', enough], ['left', enough]];
    return order.find(([side, least]) => side && room[side] >= least)?.[0] ?? null;
  }

  /** @param {readonly Edges[]} lines  one at least @returns {Edges} */
  const around = (lines) => ({
    left: Math.min(...lines.map(({ left }) => left)), top: Math.min(...lines.map(({ top }) => top)),
    right: Math.max(...lines.map(({ right }) => right)), bottom: Math.max(...lines.map(({ bottom }) => bottom)),
  });

  /**
   * @param {readonly Edges[]} lines  of the words, in the viewport; one at least
   * @param {number} height  of all that the card holds
   * @param {{ width: number, height: number }} view
   * @param {CardSide | null} before  on which side it lay last
   */
  ns.cardPlace = (lines, height, view, before) => {
    const width = Math.min(WIDTH_PX, view.width - 2 * EDGE_PX);
    const wanted = Math.min(height, Math.max(view.height * LARGEST_SHARE, Math.min(ALWAYS_GIVEN_PX, view.height - 2 * EDGE_PX)));
    const seen = lines.filter(({ top, bottom }) => bottom > 0 && top < view.height);
    const first = /** @type {Edges} */ (seen[0] ?? lines[0]);
    // All the lines stay seen, or else the first.
    for (const enough of [COMFORT_PX, LEAST_PX]) {
      for (const kept of [around(seen.length ? seen : lines), first]) {
        const room = rooms(kept, view, width);
        const side = sideWith(room, wanted, Math.min(wanted, enough), before);
        if (side) return placed(side, kept, first.left, { width, height: Math.min(wanted, room[side]) }, view);
      }
    }
    return placed(null, first, first.left, { width, height: wanted }, view);
  };

  /**
   * @param {CardSide | null} side  null: over the words
   * @param {Edges} kept
   * @param {number} start  where the words begin
   * @param {{ width: number, height: number }} size
   * @param {{ width: number, height: number }} view
   */
  function placed(side, kept, start, { width, height }, view) {
    const left = side === 'right' ? kept.right + GAP_PX : side === 'left' ? kept.left - GAP_PX - width : start;
    const top = side === 'below' ? kept.bottom + GAP_PX : side === 'above' ? kept.top - GAP_PX - height : kept.top;
    /** @param {number} at @param {number} most */
    const within = (at, most) => Math.max(EDGE_PX, Math.min(at, most - EDGE_PX));
    return { side, left: within(left, view.width - width), top: within(top, view.height - height), height };
  }
})();
