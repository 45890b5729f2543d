// The shapes that cross a boundary: server ↔ background ↔ content scripts ↔ card. Offsets are half-open and count UTF-16 units.

type Severity = 'info' | 'warning' | 'error';
type Stage = 'stranger' | 'visibility' | 'credibility' | 'profitability';

/** One finding as the server reports it. It holds words about the contact and stays in extension pages. */
interface ReportFinding {
  category: 'ask' | 'signal' | 'growing';
  kind: string;
  rule: string;
  severity: Severity;
  premature: boolean;
  needs: Stage | null;
  start: number;
  end: number;
  quote: string;
  title: string;
  why: string;
  events: string[];
  suggestions: { text: string; changes: string; uses: string[] }[];
}

interface Report {
  language: string | null;
  verdict: 'wait' | 'revise' | 'send';
  score: number;
  relationship: { stage: Stage; dormant: boolean; why: string[]; events: string[]; next_step: string };
  findings: ReportFinding[];
}

/** All that a content script, and with it the page, may learn of a finding. */
interface Mark {
  id: string;
  start: number;
  end: number;
  severity: Severity;
}

interface Recipient {
  name: string;
  profile: string | null;
}

interface Surface {
  id: string;
  channel: string;
  editor: string;
  pane: string;
  name: string[];
  profile: string[];
  label: string[];
}

interface Site {
  id: string;
  hosts: string[];
  surfaces: Surface[];
}

interface CardView {
  finding: ReportFinding;
  relationship: Report['relationship'];
  recipient: string | null;
  takeFocus: boolean;
}

/** Why nothing could be checked; `title` is what the toolbar button says. */
interface Problem {
  code: 'away' | 'refused' | 'broken';
  title: string;
}

type ServerState = { version: string; origin: string } | { problem: Problem; origin: string };

interface LintQuestion {
  type: 'lint';
  editor: string;
  text: string;
  channel: string;
  recipient: Recipient | null;
}

type LintAnswer = { marks: Mark[] } | { problem: Problem };

/** Messages to the background worker, with what it answers. */
interface BackgroundMessages {
  sites: { ask: { type: 'sites' }; answer: { surfaces: Surface[] } | { problem: Problem } };
  lint: { ask: LintQuestion; answer: LintAnswer };
  'open-card': { ask: { type: 'open-card'; editor: string; finding: string; takeFocus: boolean }; answer: { open: boolean } };
  'card-ready': { ask: { type: 'card-ready' }; answer: CardView | null };
  'card-size': { ask: { type: 'card-size'; height: number }; answer: null };
  'card-close': { ask: { type: 'card-close' }; answer: null };
  'server-state': { ask: { type: 'server-state' }; answer: ServerState };
}

/** Messages from the background worker to content scripts. */
type ContentMessage = { type: 'next-finding' } | { type: 'card-size'; height: number } | { type: 'card-close' };

interface TextEdit {
  start: number;
  oldEnd: number;
  newEnd: number;
}

interface PlainText {
  text: string;
  /** The range over [start, end), or null where the offsets hold no text. */
  range(start: number, end: number): Range | null;
}

interface Overlay {
  layer: HTMLElement;
  contains(event: Event): boolean;
  /** Put the layer's upper left corner at viewport pixels, moved again if the page moves its frame of reference. */
  at(left: number, top: number): void;
  remove(): void;
}

/** An editor as the linting loop sees it. */
interface DrawnEditor {
  id: string;
  element: HTMLElement;
  read(): string;
  draw(marks: readonly Mark[]): void;
  /** Boxes of one mark in viewport pixels; none where it is hidden. */
  boxes(mark: Mark): DOMRect[];
}

interface LintLoop {
  /** Shift what is drawn to the text as it is now. */
  follow(): void;
  /** Ask for the text as it is now; while a question is under way only the newest text waits. */
  ask(): void;
  readonly marks: readonly Mark[];
}

interface EditorSession {
  editor: DrawnEditor;
  surface: Surface;
  loop: LintLoop;
}

/** What the content scripts share; each file adds one member. */
interface ColtivaNamespace {
  plainText(root: HTMLElement): PlainText;
  editShift: {
    between(before: string, after: string): TextEdit | null;
    shift<T extends { start: number; end: number }>(marks: readonly T[], before: string, after: string): T[];
  };
  surfaces: {
    find(surfaces: readonly Surface[], path: readonly EventTarget[]): { element: HTMLElement; surface: Surface } | null;
    recipient(element: HTMLElement, surface: Surface): Recipient | null;
  };
  underlineStyle: {
    declarations(severity: Severity): string;
    severities: readonly Severity[];
  };
  richEditor(element: HTMLElement, id: string, signal: AbortSignal): DrawnEditor;
  placeWatch(element: HTMLElement, moved: () => void, signal: AbortSignal): void;
  /** A closed shadow root that lies over the page at viewport coordinates; `at` moves its layer. */
  overlay(near: HTMLElement, css: string): Overlay;
  fieldEditor(element: HTMLTextAreaElement, id: string, signal: AbortSignal): DrawnEditor;
  lintLoop(editor: Pick<DrawnEditor, 'read' | 'draw'>, ask: (text: string) => Promise<readonly Mark[] | null>): LintLoop;
  editors: {
    at(path: readonly EventTarget[]): EditorSession | null;
    open(element: HTMLElement, surface: Surface): EditorSession;
    all(): EditorSession[];
  };
  cardFrame: {
    open(session: EditorSession, mark: Mark, takeFocus: boolean): Promise<void>;
    close(giveFocusBack: boolean): void;
    readonly shown: Mark | null;
    contains(event: Event): boolean;
    resize(height: number): void;
  };
  pointing: { start(signal: AbortSignal): void; next(): void };
}

declare var coltiva: ColtivaNamespace;
