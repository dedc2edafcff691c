import type {
  Activity,
  Annotation,
  AnnotationId,
  Answer,
  AskMessage,
  AskRequest,
  BackupOutcome,
  BackupProgress,
  CardAnswer,
  CardId,
  CardsImported,
  CardsOverview,
  CardsPage,
  CardStatistics,
  Citation,
  Colour,
  Conversation,
  ConversationId,
  Decisions,
  Desk,
  Document,
  DocumentId,
  DocumentMatches,
  EmbeddingModel,
  Everything,
  ExecutorSettings,
  ExecutorsInUse,
  Face,
  Filter,
  Fit,
  Formula,
  Found,
  FoundAnnotation,
  FoundServer,
  Health,
  ImportOutcome,
  InterfaceLanguage,
  Item,
  JobId,
  Language,
  LibraryCheck,
  Measures,
  Medium,
  MemoryParameters,
  MenuEntry,
  NewAnnotation,
  NewNote,
  NoteId,
  NotesMade,
  OutlineItem,
  PageBox,
  PageLayout,
  PageWords,
  Point,
  PowerState,
  Question,
  Quiz,
  QuizId,
  QuizItemId,
  QuizMade,
  QuizRequest,
  QuizTaken,
  Recognition,
  RejectReason,
  ReviewTurn,
  Room,
  RoomDue,
  RoomId,
  RoomMemory,
  RoomProgress,
  SearchHits,
  SearchRequest,
  Selection,
  Settings,
  Spent,
  Statistics,
  Status,
  StoredItem,
  StudySettings,
  SuggestedNote,
  TextBlock,
  Turn,
  TurnId,
  Verdict,
  WantedAnnotations,
  WorkEnded,
  Work,
} from "./bindings";

/** A drag over the window; positions are CSS pixels. */
export type Drag =
  | { type: "enter"; paths: string[]; x: number; y: number }
  | { type: "over"; x: number; y: number }
  | { type: "drop"; paths: string[]; x: number; y: number }
  | { type: "leave" };

export type Unlisten = () => void;

/** What the shell tells without being asked. */
export interface Happenings {
  /** `eta` is milliseconds until the work is done, as far as that can be told. */
  documentChanged: (document: Document, eta: number | null) => void;
  documentRemoved: (document: DocumentId, room: RoomId) => void;
  roomsChanged: () => void;
  filesOpened: (paths: string[]) => void;
  statusChanged: () => void;
  /** Something long has ended; `notify` tells whoever looks at something else. */
  workEnded?: (ended: WorkEnded) => void;
  /** The entry of the menu with this id was chosen. */
  menuChosen?: (id: string) => void;
  powerChanged?: (power: PowerState) => void;
  drag: (drag: Drag) => void;
}

/**
 * Everything the window can ask of the shell. Calls reject with a `Fault`.
 * The one implementation that talks to Tauri is `tauri.ts`.
 */
export interface Backend {
  roomsList(): Promise<Room[]>;
  roomCreate(name: string): Promise<Room>;
  roomRename(room: RoomId, name: string): Promise<Room>;
  /** Until the app closes it can be brought back. */
  roomRemove(room: RoomId): Promise<unknown>;
  /** Brings a removed room back, under another name if its own has been given away. */
  roomBringBack(room: RoomId): Promise<unknown>;

  /** Before another room, or behind all when there is none: all rooms in their new order. */
  roomPlace(room: RoomId, before: RoomId | null): Promise<Room[]>;
  /** In degrees of the colour circle. */
  roomColour(room: RoomId, hue: number): Promise<Room>;

  /** By the person's own order, the lowest position first. */
  documentsList(room: RoomId): Promise<Document[]>;
  documentRename(document: DocumentId, title: string): Promise<Document>;
  /** In place of the tags that it had: up to 20 of up to 40 letters. */
  documentTag(document: DocumentId, tags: string[]): Promise<Document>;
  /**
   * Before another document of a room, or behind all when there is none. From another room it comes with its highlights,
   * cards and questions; rejects with `duplicate` where that room has the same file.
   */
  documentPlace(document: DocumentId, room: RoomId, before: DocumentId | null): Promise<Document>;
  documentOutline(document: DocumentId): Promise<OutlineItem[]>;
  documentPause(document: DocumentId): Promise<unknown>;
  documentResume(document: DocumentId): Promise<unknown>;
  documentCancel(document: DocumentId): Promise<unknown>;
  documentRetry(document: DocumentId, password?: string): Promise<unknown>;
  /** Until the app closes it can be brought back. */
  documentRemove(document: DocumentId): Promise<unknown>;
  documentBringBack(document: DocumentId): Promise<unknown>;
  /** Takes a file as the new edition of a document, which stays as it is until the new one has been read. */
  documentReplace(document: DocumentId, path: string, password?: string): Promise<unknown>;
  /** What is being looked at is read, embedded and recognised first; null when nothing is. */
  documentLook(document: DocumentId | null, page: number): Promise<unknown>;
  documentUnlock(document: DocumentId, password: string): Promise<unknown>;

  /** What text recognition can do here. Looks again where it was missing; what waits for it is then queued. */
  recognition(): Promise<Recognition>;
  /** Recognises all scanned pages, again if they were; in languages that are found out when none is given. */
  documentRecognise(document: DocumentId, languages: Language[]): Promise<unknown>;

  importPaths(room: RoomId, paths: string[], password?: string): Promise<ImportOutcome[]>;
  pickFiles(): Promise<string[]>;
  openedFiles(): Promise<string[]>;
  /** Takes the short text about learning that the app carries into a room. */
  sampleAdd(room: RoomId, language: InterfaceLanguage): Promise<DocumentId>;

  /**
   * Finds places. While somebody is typing, `onWords` hears what the words alone find, before or after the whole answer
   * has come. Another search ends this one: it then rejects with `cancelled`.
   */
  search(request: SearchRequest, onWords: (found: SearchHits) => void): Promise<SearchHits>;
  /**
   * Finds words in a document as they are typed: the first `limit` places, and how many there are. Another search in a
   * document ends this one: it then rejects with `cancelled`.
   */
  documentFind(document: DocumentId, query: string, limit: number): Promise<DocumentMatches>;
  /**
   * Looks for words in everything, `limit` of each kind at most; what the open room has stands first. Another search of
   * this kind ends this one: it then rejects with `cancelled`.
   */
  findEverything(room: RoomId | null, query: string, limit: number): Promise<Everything>;
  ask(question: AskRequest, onMessage: (message: AskMessage) => void): Promise<Answer>;
  askStop(turn: TurnId): Promise<unknown>;

  conversationsList(room: RoomId): Promise<Conversation[]>;
  /** Turns that lead to the turn `before`, else those up to the end; of them the last, at most `most`. */
  conversationTurns(conversation: ConversationId, before: TurnId | null, most: number): Promise<Turn[]>;
  conversationRename(conversation: ConversationId, name: string): Promise<unknown>;
  conversationRemove(conversation: ConversationId): Promise<unknown>;
  /** Shows another version of a turn with what follows it. */
  conversationShow(turn: TurnId): Promise<unknown>;
  /** Questions and answers with these words, of a room or of all; the last word may be the beginning of one. */
  conversationsSearch(room: RoomId | null, query: string): Promise<Found[]>;
  /** A conversation as Markdown, its citations as footnotes. */
  conversationMarkdown(conversation: ConversationId): Promise<string>;
  /** Writes that into a file that the person chooses: its path, null when they close the dialog. */
  conversationExport(conversation: ConversationId): Promise<string | null>;
  /** What remote models have cost in a conversation and today; null where none was used. */
  conversationSpent(conversation: ConversationId): Promise<Spent | null>;

  /** Makes a quiz; `onMade` hears how many questions there are so far. */
  quizMake(wanted: QuizRequest, onMade: (made: number) => void): Promise<QuizMade>;
  /** Ends the making; the quiz has the questions that were made. */
  quizMakeStop(): Promise<unknown>;
  /** The newest first. */
  quizzesList(room: RoomId): Promise<Quiz[]>;
  /** Answers that a kill has left without a grade get it, with feedback in the language. */
  quizOpen(quiz: QuizId, language: InterfaceLanguage): Promise<QuizTaken>;
  /**
   * Stores an answer and grades it: one text, or one for each term; none at all passes over the question. Feedback is in
   * the language; `onPoint` hears each key point of a free answer as soon as it is decided.
   */
  quizAnswer(
    quiz: QuizId,
    ordinal: number,
    given: string[],
    tookMs: number,
    language: InterfaceLanguage,
    onPoint: (point: Point) => void,
  ): Promise<Question>;
  /** What the person says that their answer is; null takes that back. */
  quizAppeal(quiz: QuizId, ordinal: number, says: Verdict | null): Promise<Question>;
  quizEnd(quiz: QuizId): Promise<Quiz>;
  /** A new quiz of what was not answered right in this one. */
  quizAgain(quiz: QuizId): Promise<Quiz>;
  /** For good. */
  quizRemove(quiz: QuizId): Promise<unknown>;
  quizStatistics(room: RoomId): Promise<Statistics[]>;

  /** The questions of a room that wait for a look, the oldest first. */
  draftsList(room: RoomId): Promise<StoredItem[]>;
  /** Lets one be asked, in other words if it was changed. */
  draftApprove(item: QuizItemId, changed: Item | null): Promise<unknown>;
  draftReject(item: QuizItemId, reason: RejectReason): Promise<unknown>;
  /** Takes either decision back. */
  draftReopen(item: QuizItemId): Promise<unknown>;
  draftsDecisions(): Promise<Decisions[]>;

  /** How the documents of a room are getting on, for a clock that is `utcOffset` minutes ahead of UTC. */
  progress(room: RoomId, utcOffset: number): Promise<RoomProgress>;
  /** What was done on the last so many days. */
  activity(room: RoomId, days: number, utcOffset: number): Promise<Activity>;
  /** How the cards of a room are getting on: so many days back and ahead, today counted in both. */
  cardsStatistics(room: RoomId, past: number, ahead: number, utcOffset: number): Promise<CardStatistics>;
  /** How many cards wait today, in every room. `utcOffset` is minutes that this clock is ahead of UTC, here as below. */
  cardsDue(utcOffset: number): Promise<RoomDue[]>;
  cardsOverview(room: RoomId, utcOffset: number): Promise<CardsOverview>;
  /** Up to 200 cards behind the one given. */
  cardsList(room: RoomId, filter: Filter, after: CardId | null): Promise<CardsPage>;
  reviewNext(room: RoomId, utcOffset: number): Promise<ReviewTurn>;
  /** A certain card, whether or not it is its turn. */
  reviewCard(card: CardId, utcOffset: number): Promise<ReviewTurn>;
  /** The answer is on the disk when the next card comes back. */
  reviewAnswer(answer: CardAnswer, utcOffset: number): Promise<ReviewTurn>;
  /** Takes the last answer in the room back, and asks that card again. */
  reviewUndo(room: RoomId, utcOffset: number): Promise<ReviewTurn>;
  cardLeaveOut(card: CardId, untilTomorrow: boolean, utcOffset: number): Promise<unknown>;
  cardTakeIn(card: CardId): Promise<unknown>;

  noteAdd(room: RoomId, note: NewNote): Promise<NoteId>;
  /** Its source stays. */
  noteEdit(note: NoteId, text: NewNote): Promise<unknown>;
  /** For good, with its cards and all that was answered. */
  noteRemove(note: NoteId): Promise<unknown>;
  /** The sides of the cards that a note would have. */
  notePreview(note: NewNote): Promise<Face[]>;
  noteMedia(note: NoteId): Promise<Medium[]>;
  /** The address of a picture of a note. */
  noteImage(hash: string): string;
  /** What is there already stays as it is. */
  notesFromQuestions(quiz: QuizId, ordinals: number[]): Promise<NotesMade>;
  /** Notes of the terms that a document defines; null for all documents of the room. */
  notesOfTerms(room: RoomId, document: DocumentId | null): Promise<SuggestedNote[]>;
  notesAdd(room: RoomId, notes: NewNote[]): Promise<NotesMade>;

  studySettings(room: RoomId): Promise<StudySettings>;
  studySettingsSet(room: RoomId, settings: StudySettings): Promise<unknown>;
  memoryParameters(room: RoomId): Promise<MemoryParameters>;
  /** Takes some seconds; null when it was stopped. */
  memoryFit(room: RoomId): Promise<Fit | null>;
  memoryFitStop(): Promise<boolean>;
  memoryReset(room: RoomId): Promise<unknown>;

  cardsImport(room: RoomId, file: string, utcOffset: number): Promise<CardsImported>;
  /** The ending of the file says its form. How many notes there are. */
  cardsExport(room: RoomId, file: string, utcOffset: number): Promise<number>;
  /** Null when the dialog was closed, here as below. */
  pickCards(): Promise<string | null>;
  pickCardsTarget(room: RoomId): Promise<string | null>;
  /** What is marked in a document and written about it, in reading order. */
  annotationsList(document: DocumentId): Promise<Annotation[]>;
  /** Those of a room, or of a document of it, with these words; without words all of them in reading order. */
  annotationsSearch(wanted: WantedAnnotations): Promise<FoundAnnotation[]>;
  /** Selected words with where they stand. */
  selectionCite(on: Selection): Promise<Citation>;
  annotationAdd(wanted: NewAnnotation): Promise<Annotation>;
  annotationEdit(annotation: AnnotationId, colour: Colour, note: string): Promise<Annotation>;
  /** For a day it can be brought back. */
  annotationRemove(annotation: AnnotationId): Promise<unknown>;
  annotationBringBack(annotation: AnnotationId): Promise<Annotation>;
  /** Writes them as Markdown into a file that the person chooses: its path, null when they close the dialog. */
  annotationsExport(room: RoomId, document: DocumentId | null): Promise<string | null>;

  pageInfo(document: DocumentId): Promise<PageLayout[]>;
  /** The words of a page, for a document that has no page pictures. */
  pageText(document: DocumentId, page: number): Promise<TextBlock[]>;
  /** The words of a page with where they stand on it. */
  pageWords(document: DocumentId, page: number): Promise<PageWords>;
  /**
   * The address of a page's picture, `width` device pixels wide. Answers 403 when a password is needed. The hash of
   * the document's file keeps it apart from the picture of an earlier edition.
   */
  pageImage(document: DocumentId, page: number, width: number, hash?: string): string;
  /** The address of a part of that picture; `width` is that of the whole page. */
  pagePart(document: DocumentId, part: PageBox, width: number, hash: string): string;
  /** The formulas on the pages of a document that these boxes lie on. */
  formulas(document: DocumentId, boxes: PageBox[]): Promise<Formula[]>;

  settingsGet(): Promise<Settings>;
  settingsSet(settings: Settings): Promise<unknown>;
  /** What lay open at the end of the last run; what is no longer there is left out. */
  deskGet(): Promise<Desk>;
  /** Rejects with `read_only` where nothing can be kept. */
  deskSet(desk: Desk): Promise<unknown>;
  status(): Promise<Status>;
  /** Tries once more to open a library that could not be opened. */
  libraryReopen(): Promise<unknown>;

  /** The imports of all rooms that wait, run, are held, or ended without success. */
  worksList(): Promise<Work[]>;
  /** Puts one out of sight that ended without success; true when its document, not a page of it read, was removed too. */
  worksClear(job: JobId): Promise<boolean>;
  /** What the library is made of, and how it is. */
  health(): Promise<Health>;
  /** Reads everything: takes a while for a large library. */
  libraryCheck(): Promise<LibraryCheck>;
  /** Checks, and puts right what can be. */
  libraryRepair(): Promise<LibraryCheck>;

  /** Writes the whole library into a file, while everything else goes on. */
  backupCreate(file: string, onProgress: (progress: BackupProgress) => void): Promise<BackupOutcome>;
  /**
   * Puts the library of a backup in the place of this one. Calls wait meanwhile; whether it succeeds or not, the
   * library is opened again, and `statusChanged` tells when it can be used.
   */
  backupRestore(file: string, onProgress: (progress: BackupProgress) => void): Promise<BackupOutcome>;
  /** Stops either; false where there is nothing to stop. */
  backupStop(): Promise<boolean>;
  /** Where a backup is to be written; null when the dialog was closed. */
  pickBackupTarget(): Promise<string | null>;
  pickBackup(): Promise<string | null>;

  /** The rooms that were searched or asked since the start, with how often memory answered. */
  memory(): Promise<RoomMemory[]>;
  /** How answering has gone in the last 30 days. */
  answerMeasures(): Promise<Measures>;
  /** What finds by meaning, and how far a change of it has come. */
  embeddingModel(): Promise<EmbeddingModel>;
  /**
   * Has the library brought to the model in a folder; null for the one that comes with the app. Calls wait while the
   * library is opened again for it.
   */
  embeddingModelChoose(folder: string | null): Promise<unknown>;
  pickEmbeddingModel(): Promise<string | null>;
  /** The language models that are set up, and how each of them stands. */
  executors(): Promise<ExecutorsInUse>;
  /** `key` is the model server's: null keeps the one that it has, an empty one forgets it. */
  executorsSetUp(settings: ExecutorSettings, key: string | null): Promise<ExecutorsInUse>;
  /** The GGUF file that the person chooses; null when they close the dialog. */
  pickLanguageModel(): Promise<string | null>;
  /** Looks for model servers on this computer. Nothing else ever does. */
  serversLook(): Promise<FoundServer[]>;
  /** The models that the server at an address offers. */
  serverModels(address: string, key: string | null): Promise<string[]>;

  /** Opens a web page or an e-mail address outside the app; anything else rejects with `invalid`. */
  linkOpen(url: string): Promise<unknown>;
  /** A notification of the desktop. False when none was shown: the window has the focus, or none is wanted. */
  notify(title: string, body: string): Promise<boolean>;
  /** The app's own menu. It is seen on macOS, and elsewhere where the settings say so. */
  menuSet(entries: MenuEntry[]): Promise<unknown>;
  power(): Promise<PowerState>;

  /** Registers for everything at once; the promise resolves when no happening can be missed any more. */
  listen(happenings: Happenings): Promise<Unlisten>;
}
