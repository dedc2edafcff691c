import type { Session } from "../app/session.svelte";
import type { BackupOutcome, BackupProgress } from "../backend/bindings";
import { backedUp, missingWords, restored } from "./words";

/** What is done with a backup. */
interface Work {
  deed: "create" | "restore";
  progress: BackupProgress | null;
  stopping: boolean;
}

/** As many originals as a toast can name. */
const MOST_NAMED = 3;

/** The library into one file, and out of it: one at a time, whatever screen is on show. */
export class Backup {
  work = $state<Work | null>(null);
  /** The backup that is to be restored, until the person has said so. */
  asked = $state.raw<string | null>(null);
  /** Originals that were not there, of the last one made or restored. */
  missing = $state.raw<string[]>([]);
  readonly creating = $derived(this.work?.deed === "create");
  readonly restoring = $derived(this.work?.deed === "restore");
  /** A library that takes its place already does so to the end. */
  readonly stoppable = $derived(
    this.work !== null && !this.work.stopping && this.work.progress?.step !== "replacing",
  );
  #picking = false;
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Writes a backup where the person chooses. */
  async create(): Promise<void> {
    const { backend } = this.#session;
    const file = await this.#pick(() => backend.pickBackupTarget());
    if (file === null) return;
    const outcome = await this.#run("create", (tell) => backend.backupCreate(file, tell));
    if (outcome) this.#tell(backedUp(outcome), outcome);
  }

  /** Lets the person choose a backup, and asks whether it is to be restored. */
  async choose(): Promise<void> {
    this.asked = await this.#pick(() => this.#session.backend.pickBackup());
  }

  /** Leaves the library as it is. */
  keep(): void {
    this.asked = null;
  }

  /** Restores the backup that was chosen; the window then shows its library. */
  async restore(): Promise<void> {
    const session = this.#session;
    const file = this.asked;
    if (file === null || this.work) return;
    this.asked = null;
    const outcome = await this.#run("restore", (tell) => session.backend.backupRestore(file, tell));
    // The library was closed for it, and is opened again also where it stayed the same.
    if (!outcome) return session.readStatus();
    await session.renew();
    this.#tell(restored(outcome), outcome);
  }

  /** Stops what is under way; how that ended is told by its end. */
  async stop(): Promise<void> {
    const { work } = this;
    if (!work || !this.stoppable) return;
    work.stopping = true;
    try {
      // Where there was nothing to stop yet, it can be tried again.
      work.stopping = await this.#session.backend.backupStop();
    } catch (thrown) {
      work.stopping = false;
      this.#session.toasts.fault(thrown);
    }
  }

  /** A file from the system's dialog; none where it was closed, or where something is under way already. */
  async #pick(ask: () => Promise<string | null>): Promise<string | null> {
    if (this.#picking || this.work) return null;
    this.#picking = true;
    try {
      return await ask();
    } catch (thrown) {
      this.#session.toasts.fault(thrown);
      return null;
    } finally {
      this.#picking = false;
    }
  }

  /** Null where it failed or was stopped, which has been told then. */
  async #run(
    deed: Work["deed"],
    start: (tell: (progress: BackupProgress) => void) => Promise<BackupOutcome>,
  ): Promise<BackupOutcome | null> {
    this.missing = [];
    this.work = { deed, progress: null, stopping: false };
    // Read back, so that changes go through the proxy.
    const { work } = this;
    try {
      return await start((progress) => {
        work.progress = progress;
      });
    } catch (thrown) {
      this.#session.toasts.fault(thrown);
      return null;
    } finally {
      this.work = null;
    }
  }

  #tell(title: string, { missing }: BackupOutcome): void {
    this.missing = missing;
    const kind = missing.length > 0 ? "info" : "good";
    this.#session.toasts.show(kind, title, missingWords(missing, MOST_NAMED));
  }
}
