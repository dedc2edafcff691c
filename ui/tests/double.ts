import type {
  BackupOutcome,
  BackupProgress,
  Desk,
  EmbeddingModel,
  ExecutorSettings,
  ExecutorsInUse,
  FoundServer,
  Measures,
  MenuEntry,
  PowerState,
  RoomMemory,
  Settings,
  Status,
} from "../src/backend/bindings";
import type { Backend, Happenings } from "../src/backend/backend";
import { USUAL } from "../src/settings/usual";
import { anEmptyDesk, noMeasures } from "./builders";
import { AskDouble } from "./askDouble";
import type { Pending } from "./quizDouble";

export * from "./builders";

interface Backup {
  deed: "create" | "restore";
  file: string;
  tell: (progress: BackupProgress) => void;
}

/** A shell that lives in memory and does what a test says. Only for tests and the pages in dev/. */
export class Double extends AskDouble implements Backend {
  memories: RoomMemory[] = [];
  measures: Measures = noMeasures;
  model: EmbeddingModel = { name: "built-in", is_built_in: true, change: null };
  modelFolder: string | null = null;
  executorsInUse: ExecutorsInUse = {
    settings: {},
    states: [{ executor: "extractive", model: null, remote: false, breaker: "closed" }],
  };
  servers: FoundServer[] = [];
  modelFile: string | null = null;
  settings: Settings = { ...USUAL, glass: "baked", first_run_done: true };
  desk: Desk = anEmptyDesk();
  menu: MenuEntry[] = [];
  /** Whether the window has the focus, so that no notification is shown. */
  focused = true;
  powerState: PowerState = { battery: false, saver: false };
  state: Status = {
    version: "0.1.0",
    library: { state: "ready", writable: true },
    native_ok: true,
    model_ok: true,
    message: null,
    folder: "/home/ada/.local/share/smart-study-room",
  };
  /** Where a backup is written, and which is restored; null as if the dialog was closed. */
  backupTarget: string | null = "/media/disk/Smart Study Room.studyroom";
  backupFile: string | null = "/media/disk/Monday.studyroom";
  backups: Pending<BackupOutcome, Backup>[] = [];
  on: Happenings | null = null;
  settingsGet = () => this.done("settingsGet", [], this.settings);
  settingsSet = async (settings: Settings) => {
    this.settings = settings;
    await this.done("settingsSet", [settings], null);
  };
  deskGet = () => this.done("deskGet", [], this.desk);
  /** Happens by itself, so it is not among the calls. */
  deskSet = async (desk: Desk) => {
    this.desk = desk;
    return null;
  };
  linkOpen = (url: string) => this.done("linkOpen", [url], null);
  notify = (title: string, body: string) => this.done("notify", [title, body], !this.focused);
  menuSet = async (entries: MenuEntry[]) => {
    this.menu = entries;
    await this.done("menuSet", [entries], null);
  };
  power = () => this.done("power", [], this.powerState);
  libraryReopen = () => this.done("libraryReopen", [], null);
  status = () => this.done("status", [], this.state);
  backupCreate = (file: string, tell: (progress: BackupProgress) => void) =>
    this.#backup({ deed: "create", file, tell });
  backupRestore = (file: string, tell: (progress: BackupProgress) => void) =>
    this.#backup({ deed: "restore", file, tell });
  #backup = (args: Backup) =>
    new Promise<BackupOutcome>((resolve, reject) => this.backups.push({ args, resolve, reject }));
  backupStop = () => this.done("backupStop", [], this.backups.length > 0);
  pickBackupTarget = () => this.done("pickBackupTarget", [], this.backupTarget);
  pickBackup = () => this.done("pickBackup", [], this.backupFile);
  answerMeasures = () => this.done("answerMeasures", [], this.measures);
  memory = () => this.done("memory", [], this.memories);
  embeddingModel = () => this.done("embeddingModel", [], this.model);
  embeddingModelChoose = (folder: string | null) => this.done("embeddingModelChoose", [folder], null);
  executors = () => this.done("executors", [], this.executorsInUse);
  executorsSetUp = (settings: ExecutorSettings, key: string | null) => {
    const model = settings.file ? "local" : (settings.server?.model ?? null);
    const executor = settings.file ? ("local" as const) : ("server" as const);
    const state = { executor, model, remote: false, breaker: "closed" as const };
    const built_in = this.executorsInUse.states.slice(0, 1);
    const next = { settings, states: model ? [...built_in, state] : built_in };
    return this.done("executorsSetUp", [settings, key], next).then((made) => (this.executorsInUse = made));
  };
  pickLanguageModel = () => this.done("pickLanguageModel", [], this.modelFile);
  serversLook = () => this.done("serversLook", [], this.servers);
  serverModels = (address: string, key: string | null) =>
    this.done("serverModels", [address, key], ["qwen", "llama"]);
  pickEmbeddingModel = () => this.done("pickEmbeddingModel", [], this.modelFolder);
  listen = async (on: Happenings) => {
    this.on = on;
    return () => (this.on = null);
  };
}
