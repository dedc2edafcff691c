import { mount } from "svelte";

import App from "./app/App.svelte";
import { tauri } from "./backend/tauri";
import "./design/base.css";

mount(App, { target: document.getElementById("app") as HTMLElement, props: { backend: tauri } });
