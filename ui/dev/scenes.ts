/** Every state of the window that can be looked at: `dev/index.html?scene=<one of these>`. */
export const SCENES = [
  // The frame and the library.
  ...["welcome", "empty", "library", "sheet", "menu", "settings", "backup", "backup&asked", "restore&done"],
  ...["languages", "missing", "removed", "edition", "again", "offer", "drop", "notadded", "broken"],
  ...["library-many", "library-many&list", "library-loading", "library-loading&list", "library-none"],
  ...["library-list&list", "library-chosen", "library-chosen&list", "library-filter", "library-menu"],
  ...["library-details&document=4", "library-details&document=13", "library-tags", "library-move"],
  ...["library-drag", "library-drag&list", "library-colour", "library-folded"],
  // The first start, the tabs, and what lies beside the surface.
  ...["first", "first-room", "first-ask", "first-done", "frame-tabs", "frame-beside", "frame-quiz"],
  ...["frame-notes", "frame-toast"],
  // Reading.
  ...["read", "scan", "recognised", "text", "broken-page", "reading-contents", "reading-contents-empty"],
  ...[
    "reading-pages",
    "reading-spread",
    "reading-whole",
    "reading-turned",
    "reading-view",
    "reading-history",
  ],
  ...["reading-find", "reading-find-nothing", "reading-find-text", "reading-loading", "reading-none"],
  ...["reading-failed", "reading-locked"],
  // Asking and searching.
  ...["ask", "refused", "failed", "streaming", "written", "written&come=100&done", "list", "confirm"],
  ...["ask-long&turns=2000", "ask-find", "ask-source", "ask-link", "ask-link&asked", "ask-starts"],
  ...["ask-starts&language=id", "ask-drop", "ask-loading"],
  ...["search", "search&why", "nothing"],
  // Finding and doing anything, and what is at work.
  ...["palette", "palette-found", "palette-actions", "palette-notes", "palette-nothing", "palette-broken"],
  ...["palette-loading", "activity", "activity-calm", "activity-checked", "activity-broken"],
  // Highlights and notes.
  ...["notes-read", "notes-card", "notes-select", "notes-ask", "notes-panel", "notes-empty", "notes-fault"],
  ...["notes-room", "notes-text"],
  // Quizzes.
  ...["quiz", "quiz-empty", "quiz-form", "quiz-making", "quiz-nothing", "quiz-choice", "quiz-choice&done"],
  ...["quiz-cloze", "quiz-cloze&done", "quiz-true-false&done", "quiz-matching", "quiz-matching&done"],
  ...[
    "quiz-short",
    "quiz-short&done",
    "quiz-fault",
    "quiz-time",
    "quiz-result",
    "quiz-drafts",
    "quiz-reject",
  ],
  ...["quiz-edit"],
  // Cards.
  ...["cards", "cards-empty", "cards-many", "cards-open", "cards-done", "cards-new", "cards-new-fault"],
  ...["cards-terms", "cards-plan", "cards-import", "cards-review", "cards-review&done", "cards-cloze&done"],
  ...["cards-formula&done", "cards-media&done", "cards-lapse", "cards-leech", "cards-fault", "cards-nothing"],
  // Progress.
  ...["progress", "progress-details", "progress-activity", "progress-table", "progress-new"],
  ...["progress-new&activity", "progress-calm", "progress-empty", "progress-loading", "progress-fault"],
  ...["progress-stale", "progress-large"],
];
