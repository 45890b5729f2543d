// The shapes that the background and the extension's own pages share.

interface Settings {
  /** Of the reasons: as the browser, as the message, or one of the six codes. */
  language: string;
  /** The least severity that is shown. */
  threshold: Severity;
  /** Ids of sites, as in sites.yml, that the user switched off. */
  off: string[];
  /** Ids of sites, or origins, where what was sent is recorded by itself. */
  autoSent: string[];
}

/** A change on its way to the server. */
interface Write {
  id: string;
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body: object;
  /** What it is, for the list of what waits: a code of `write_*`. */
  what: string;
  /** Its own words, such as the line or the note. */
  words: string;
  /** Whom it is about. */
  who: string;
  at: number;
}

type FailedWrite = Write & { message: string };

type WriteOutcome =
  | { state: 'done'; id: string; answer: any }
  | { state: 'waiting'; id: string }
  | { state: 'failed'; id: string; message: string };

interface HistoryEvent {
  id: string;
  date: string;
  kind: string;
  direction: 'sent' | 'received' | 'both';
  summary: string;
  ask: string;
}

interface ContactNote {
  id: string;
  date: string;
  text: string;
  usable: boolean;
}

interface ContactPromise {
  id: string;
  made_on: string;
  text: string;
  by_user: boolean;
  due_on: string | null;
  kept_on: string | null;
}

/** What a suggestion may use of the record. */
type Ground = HistoryEvent | ContactNote | ContactPromise;

/** Everything about a contact, as the server tells it. */
interface ContactReport {
  contact: {
    id: string;
    name: string;
    company: string;
    role: string;
    emails: string[];
    profiles: string[];
    notes: ContactNote[];
    promises: ContactPromise[];
    stage_override: { stage: Stage; reason: string; date: string } | null;
  };
  history: HistoryEvent[];
  relationship: { stage: Stage; reached: Stage; dormant: boolean; why: string[]; events: string[] };
  next_steps: { step: string; text: string }[];
}

/** A contact as a list shows it. */
interface ContactBrief {
  id: string;
  name: string;
  company: string;
  role: string;
  stage?: Stage;
  last_day: string | null;
}

type TendingEntry = ContactBrief & { reason: string; why: string };

/** The message that is being written, as the pages see it. */
interface DraftView {
  tab: number;
  frame: number;
  editor: string;
  path: string;
  text: string;
  channel: string;
  report: Report;
  /** What the rewrites and suggestions use of the record. */
  grounds: Ground[];
  recipients: Recipient[];
  candidates: Recipient[];
  /** Whom the report is about, as the page names them. */
  recipient: string | null;
  /** The stored contacts among all to whom it goes. */
  contacts: { id: string; name: string }[];
  /** Where it goes to several, what it is for each of them; the report is the strictest one. */
  verdicts: { name: string; verdict: Report['verdict'] }[];
  /** Those of all whom it may be for who are not stored, and can be. */
  strangers: Recipient[];
  /** Why a message could not be judged; unread: it is another by now than the one that was. */
  gap: 'unknown_language' | 'drifted' | 'unread' | null;
  /** Whether it has left the editor since. */
  sent: boolean;
}

interface PanelView {
  problem: Problem | null;
  version: string;
  draft: DraftView | null;
  contact: ContactReport | null;
  /** Stored contacts who may be meant, where it is not clear. */
  likely: ContactBrief[];
  waiting: Write[];
  failed: FailedWrite[];
  tending: TendingEntry[];
  tendingTotal: number;
}

/** What was taken for wrong, or not worth saying, as the server lists it. */
interface Dismissal {
  id: string;
  rule: string;
  kind: string;
  quote: string;
  sentence: string;
  contact: string | null;
  reason: 'no_ask' | 'ignored';
}

/** Where an editor is: the tab is the page's own where none is named. */
interface Place {
  tab?: number;
  frame: number;
  editor: string;
}

/** Messages of the extension's own pages to the background, with what it answers. */
interface ExtensionMessages {
  'card-ready': { ask: object; answer: CardView | UnreadView | null };
  'card-size': { ask: { height: number }; answer: null };
  'card-close': { ask: { says: boolean }; answer: null };
  'panel-view': { ask: { tab: number; pinned: string | null }; answer: PanelView };
  'server-state': { ask: object; answer: ServerState };
  'ask-again': { ask: Place; answer: null };
  'search-contacts': { ask: { query: string }; answer: ContactBrief[] };
  apply: { ask: Place & Omit<ApplyOrder, 'type'>; answer: ApplyAnswer };
  write: {
    ask: Pick<Write, 'method' | 'path' | 'body' | 'what' | 'words' | 'who'> & { again?: Place; id?: string };
    answer: WriteOutcome;
  };
  'send-waiting': { ask: object; answer: null };
  'forget-failed': { ask: { id: string }; answer: null };
  'log-sent': { ask: Place; answer: WriteOutcome | null };
  'choose-contact': { ask: Place & { contact: string | null }; answer: { chosen: boolean } };
  'add-contact': { ask: Place & { recipient: Recipient }; answer: { outcome: WriteOutcome; id: string } };
  'open-page': { ask: { to: string }; answer: { open: true } | { problem: Problem } };
  dismissals: { ask: object; answer: { value: { dismissals: Dismissal[] } } | { problem: Problem } };
}
