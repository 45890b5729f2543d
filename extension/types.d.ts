// The shapes that cross a boundary: server ↔ background ↔ content scripts ↔ card. Offsets are half-open and count UTF-16 units.

type Severity = 'info' | 'warning' | 'error';
/** How words are marked: by what was found in them, or because nothing could be checked. */
type MarkLook = Severity | 'unread';
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
  /** *start* and *end* are what the words replace: the whole sentence, which may reach beyond the finding. */
  suggestions: { start: number; end: number; text: string; changes: string; uses: string[] }[];
}

interface Rewrite {
  strategy: string;
  title: string;
  text: string;
  uses: string[];
  /** Stretches of *text* that the user has to fill in. */
  blanks: string[];
  changes: { start: number; end: number; goes: string; comes: string; why: string }[];
}

interface Report {
  language: string | null;
  verdict: 'wait' | 'revise' | 'send';
  score: number;
  /** The stored contact whose history was used; null where the recipient is not stored or not known. */
  contact: { id: string; name: string } | null;
  relationship: { stage: Stage; dormant: boolean; why: string[]; events: string[]; next_step: string };
  findings: ReportFinding[];
  rewrites: Rewrite[];
}

/** All that a content script, and with it the page, may learn of a finding. */
interface Mark {
  id: string;
  start: number;
  end: number;
  severity: MarkLook;
}

/** What came of a question; without an answer it is asked again. */
interface Looked {
  marks: readonly Mark[];
  isAnswered: boolean;
}

/** A person as the page names them; what the page does not say is empty or null. */
interface Recipient {
  name: string;
  profile: string | null;
  /** The same person's other address, where a page gives both a readable slug and an opaque id. */
  otherProfile: string | null;
  email: string | null;
}

/** Whom a message goes to, as far as the page tells. */
interface Addressees {
  /** Exactly these; empty where it is not known. */
  recipients: Recipient[];
  /** Where it is not known: those whom it may be, to choose from. */
  candidates: Recipient[];
  /** Which selectors have stopped finding anything; null where all is well. */
  drifted: 'pane' | 'recipient' | null;
}

/** Where messages are written; sites.yml says what each entry means. */
interface Surface {
  id: string;
  channel: string;
  editor: string;
  pane?: string;
  holds?: string;
  person?: string;
  unaddressed?: string;
  name?: string[];
  profile?: string[];
  label?: string[];
  page?: string[];
  madeFor?: string[];
  counter?: string;
  send?: string;
}

interface Site {
  id: string;
  hosts: string[];
  surfaces: Surface[];
  /** Editors that hold no messages; any other rich editor in one of *messaging* means that the selectors have drifted. */
  elsewhere?: string[];
  messaging?: string[];
}

interface CardView extends Pick<Addressees, 'recipients' | 'candidates'> {
  finding: ReportFinding;
  relationship: Report['relationship'];
  contact: Report['contact'];
  /** Stored contacts who may be meant, where it is not clear. */
  likely: ContactBrief[];
  /** Those of all whom it may be for who are not stored, and can be. */
  strangers: Recipient[];
  /** Whom the report is about, as the page names them. */
  recipient: string | null;
  /** The recorded facts that the finding rests on. */
  events: HistoryEvent[];
  /** What the suggestions use of the record. */
  grounds: Ground[];
  language: string | null;
  text: string;
  tab: number;
  frame: number;
  editor: string;
  takeFocus: boolean;
}

/** What the card shows at a message that could not be checked. */
interface UnreadView {
  problem: Problem;
  frame: number;
  editor: string;
  takeFocus: boolean;
}

/** Why nothing could be checked; `title` is what the toolbar button says. */
interface Problem {
  code: 'away' | 'refused' | 'broken' | 'drifted' | 'too_long' | 'not_paired' | 'impostor' | 'no_code' | 'wrong_code';
  /** The HTTP status of a refusal. */
  status?: number;
  title: string;
}

type ServerState = { version: string; origin: string } | { problem: Problem; origin: string };

interface LintQuestion extends Addressees {
  type: 'lint';
  editor: string;
  surface: string;
  channel: string;
  text: string;
  /** Where the user is typing, so that what is not settled waits; null once the caret rests or has left. */
  caret: number | null;
  /** How many characters the page itself takes, where it says so. */
  limit: number | null;
  /** The page's path: a choice of the recipient holds for one conversation. */
  path: string;
}

type LintAnswer = { marks: Mark[] } | { problem: Problem };

/** What goes over the line that a content script holds open to the background: many questions, each with its answer; null where it failed. */
interface LineQuestion {
  number: number;
  question: LintQuestion;
}
interface LineAnswer {
  number: number;
  answer: LintAnswer | null;
}

/** Messages to the background worker, with what it answers. */
interface BackgroundMessages {
  sites: { ask: { type: 'sites' }; answer: { site: Site | null } | { problem: Problem } };
  /** Somebody writes in what looks like a message editor, and no surface knows it. */
  drifted: { ask: { type: 'drifted' }; answer: null };
  /** A message left the editor by the page's own Send. */
  sent: { ask: SentMessage; answer: null };
  emptied: { ask: { type: 'emptied'; editor: string }; answer: null };
  'open-card': { ask: { type: 'open-card'; editor: string; finding: string; takeFocus: boolean }; answer: { open: boolean } };
  'pairing-state': { ask: { type: 'pairing-state' }; answer: { paired: boolean; origin: string } };
  pair: { ask: { type: 'pair'; code: string; name: string }; answer: { paired: true } | { problem: Problem } };
  unpair: { ask: { type: 'unpair' }; answer: { paired: false } };
  'open-page': { ask: { type: 'open-page'; to: string }; answer: { open: true } | { problem: Problem } };
}

interface SentMessage extends Addressees {
  type: 'sent';
  editor: string;
  channel: string;
  text: string;
  path: string;
}

/** A replacement for [start, end) of the text *before*; nothing is written where the editor holds another text by then. */
interface ApplyOrder {
  type: 'apply';
  editor: string;
  start: number;
  end: number;
  text: string;
  before: string;
}

/**
 * 'gone': no such editor in this frame; 'changed': the text is another by now; 'refused': the editor took nothing;
 * 'undone': it took something else, which was taken back; 'damaged': that could not be taken back.
 */
type ApplyAnswer = { applied: true } | { applied: false; reason: 'gone' | 'changed' | 'refused' | 'undone' | 'damaged' | 'picture' };

/**
 * Messages from the background worker to content scripts; ask-again: what the answers rest on has changed; sites-changed: where Coltiva is wanted has;
 * still-there: whether this page has told of that editor, or that it could find none.
 */
type ContentMessage =
  | { type: 'next-finding' }
  | { type: 'card-size'; height: number }
  | { type: 'card-close'; says: boolean }
  | { type: 'ask-again' }
  | { type: 'sites-changed' }
  | { type: 'still-there'; editor: string | null }
  | ApplyOrder;

interface TextEdit {
  start: number;
  oldEnd: number;
  newEnd: number;
}

/** Where a stretch of text stands in the document. */
type WrittenPlace = Pick<StaticRange, 'startContainer' | 'startOffset' | 'endContainer' | 'endOffset'>;

interface PlainText {
  text: string;
  /** Where [start, end) stands, or null where the offsets hold no text. */
  place(start: number, end: number): WrittenPlace | null;
  /** The range whose replacement replaces [start, end), line breaks too. */
  selection(start: number, end: number): Range | null;
  /** The offset of a place in the document; null where nothing is written there. */
  offset(node: Node, offset: number): number | null;
}

/** Where a card lies, seen from its words. */
type CardSide = 'below' | 'above' | 'right' | 'left';

/** How an element is drawn: at which zoom, how transforms turn and stretch it, and how large it is before they do, in its own pixels. */
interface DrawnScale {
  zoom: number;
  matrix: DOMMatrix;
  width: number;
  height: number;
}

interface Overlay {
  layer: HTMLElement;
  contains(event: Event): boolean;
  /** Put the layer's upper left corner at viewport pixels, moved again if the page moves its frame of reference; returns how that turns and stretches the layer. */
  at(left: number, top: number): DOMMatrix;
  remove(): void;
}

/** The words of a text field once more, cut where marks begin and end. */
interface MirrorWords {
  /** Show another text or other marks; each line is a block of its own where *isByLines*. */
  write(text: string, marks: readonly Mark[], isByLines: boolean): void;
  /** The elements that hold a mark's words. */
  spans(mark: Mark): readonly Element[];
}

/** An editor as the linting loop sees it. */
interface DrawnEditor {
  id: string;
  element: HTMLElement;
  read(): string;
  draw(marks: readonly Mark[]): void;
  /** Boxes of one mark in viewport pixels; none where it is hidden. */
  boxes(mark: Mark): DOMRect[];
  /** Where the user is typing; null where the editor has no focus or more than a place is selected. */
  caret(): number | null;
  /** Select [start, end); false where the text has no such place. */
  select(start: number, end: number): boolean;
}

interface LintLoop {
  /** Shift what is drawn to the text as it is now. */
  follow(): void;
  /** Ask for the text as it is now; while a question is under way only the newest text waits. */
  ask(typing: boolean): void;
  /** Ask again at once where the last question got no answer. */
  retry(): void;
  readonly marks: readonly Mark[];
  /** The text that was drawn on last. */
  readonly text: string;
  /** The caret of the last question; null where it was about the whole text. */
  readonly askedCaret: number | null;
}

/** What the user does in one editor, and when to ask about it. */
interface Typing {
  /** When the text last changed, on the page's clock in milliseconds. */
  readonly lastChange: number;
  /** The user did something that may change the text. */
  acted(): void;
  /** The user changed the text. */
  typed(): void;
  /** The text may have changed by itself. */
  changed(): void;
  /** The user pauses or leaves. */
  settle(): void;
}

interface EditorSession {
  /** Look anew to whom the message goes, and ask again where that has changed. */
  lookAtAddressees(): void;
  editor: DrawnEditor;
  surface: Surface;
  loop: LintLoop;
  typing: Typing;
}

/** What the content scripts share; each file adds one member. */
interface ColtivaNamespace {
  plainText(root: HTMLElement): PlainText;
  /** Look anew at which elements begin a line of their own. */
  forgetStyles(): void;
  caret: {
    rangeIn(element: Element): (WrittenPlace & Pick<StaticRange, 'collapsed'>) | null;
    focused(): Element | null;
  };
  editShift: {
    between(before: string, after: string): TextEdit | null;
    shift<T extends { start: number; end: number }>(marks: readonly T[], before: string, after: string): readonly T[];
  };
  surfaces: {
    find(surfaces: readonly Surface[], path: readonly EventTarget[]): { element: HTMLElement; surface: Surface } | null;
    strange(site: Site, path: readonly EventTarget[]): HTMLElement | null;
  };
  visibleText: {
    isVisible(element: Element): boolean;
    read(element: Element): string;
    tidy(text: string): string;
  };
  people: {
    named(name: string): Recipient;
    personName(text: string): string;
    profilesOf(addresses: Iterable<string>): Pick<Recipient, 'profile' | 'otherProfile'> | null;
    linkedProfiles(within: Element, selectors: readonly string[]): string[];
    visibleNames(within: Element, selectors: readonly string[]): string[];
    distinct(names: readonly string[]): string[];
    nameInLabel(label: string, templates: readonly string[]): string;
    labelsOf(element: Element): string[];
    labelNames(within: Element, templates: readonly string[]): string[];
    /** Those whom a chip, or a field of addresses, names; null for one that cannot be read. */
    ofElement(element: Element): (Recipient | null)[];
  };
  recipients: {
    read(editor: HTMLElement, surface: Surface): Addressees;
    notePress(event: Event): void;
  };
  underlineStyle: {
    sheet(selectorOf: (severity: MarkLook) => string, ground: string): string;
    severities: readonly MarkLook[];
  };
  /** Which of the *places* of an editor's marks are to be drawn; `changed` is called when that has become others. */
  nearView(changed: () => void, signal: AbortSignal): (places: readonly WrittenPlace[]) => (place: WrittenPlace) => boolean;
  /** What of *range* is to be underlined: all but the blanks at which its lines are wrapped. */
  lineParts(range: Range): Range[];
  richEditor(element: HTMLElement, id: string, signal: AbortSignal): DrawnEditor;
  placeWatch(element: HTMLElement, moved: () => void, signal: AbortSignal): void;
  /** A closed shadow root that lies over the page at viewport coordinates; `at` moves its layer. */
  overlay(near: HTMLElement, css: string): Overlay;
  drawnScale(element: HTMLElement): DrawnScale;
  mirrorWords(copy: HTMLElement): MirrorWords;
  fieldEditor(element: HTMLTextAreaElement | HTMLInputElement, id: string, signal: AbortSignal): DrawnEditor;
  lintLoop(
    editor: Pick<DrawnEditor, 'read' | 'draw' | 'caret'>,
    ask: (text: string, caret: number | null) => Promise<Looked>,
    signal: AbortSignal,
  ): LintLoop;
  typing(loop: LintLoop, signal: AbortSignal): Typing;
  /** Rejects where the background cannot answer. */
  lintLine: { ask(question: LintQuestion): Promise<LintAnswer> };
  writing: {
    /** How long after a key the editor would still count a change to the same undo step, in milliseconds. */
    undoGroupMs(element: HTMLElement): number;
    /** How long the editor may take to look at what is selected, in milliseconds. */
    selectionMs(element: HTMLElement): number;
    /** Whether the editor's undo joins a change to the one before that was beside it, however long ago. */
    joinsNeighbours(element: HTMLElement): boolean;
    /** Let such an editor begin a new undo step; the caret stands at the beginning of its text. */
    typeAndErase(element: HTMLElement): void;
    /** Write over the selection, which may reach from the beginning of a line to that of another; false where nobody took it. */
    write(element: HTMLElement, text: string, isWholeLines: boolean): boolean;
    undo(element: HTMLElement): void;
  };
  applying: { apply(order: ApplyOrder): Promise<ApplyAnswer> };
  editors: {
    at(path: readonly EventTarget[]): EditorSession | null;
    open(element: HTMLElement, surface: Surface): EditorSession;
    all(): EditorSession[];
    /** Whether this page has, or had, the editor of an id. */
    knows(id: string): boolean;
    /** Forget them all, with what is drawn and what is under way. */
    closeAll(): void;
  };
  /** Where a card of a height goes beside lines of the viewport, and how high it may be there. */
  cardPlace(
    lines: readonly Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>[],
    height: number,
    view: { width: number; height: number },
    before: CardSide | null,
  ): { side: CardSide | null; left: number; top: number; height: number };
  cardFrame: {
    open(session: EditorSession, mark: Mark, takeFocus: boolean): Promise<void>;
    /** A card that *says* what came of an act is heard for some time longer. */
    close(giveFocusBack: boolean, says?: boolean): void;
    /** Keep the card while words are written; what is returned closes it where that is done, else gives it back the focus that it had. */
    hold(): (isDone: boolean) => void;
    readonly shown: Mark | null;
    /** Whether the card that is shown has the focus, as where something is typed in it. */
    readonly hasFocus: boolean;
    contains(event: Event): boolean;
    resize(height: number): void;
  };
  sending: { start(signal: AbortSignal): void };
  pointing: { start(signal: AbortSignal): void; next(): void };
}

declare var coltiva: ColtivaNamespace;
