import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet, tick } from "svelte";
import { describe, expect, it, vi } from "vitest";

import { roving } from "../roving";
import { standsOf, unfolded, type TreeNode } from "../tree";
import Chip from "./Chip.svelte";
import Menu from "./Menu.svelte";
import PasswordForm from "./PasswordForm.svelte";
import Progress from "./Progress.svelte";
import Segmented from "./Segmented.svelte";
import Sheet from "./Sheet.svelte";
import Splitter from "./Splitter.svelte";
import Tabs from "./Tabs.svelte";
import Tree from "./Tree.svelte";

describe("tabs", () => {
  const tabs = [
    { value: "one", label: "One" },
    { value: "two", label: "Two", onclose: vi.fn() },
    { value: "three", label: "Three" },
  ];

  it("have one tab stop, and arrows that choose and go round", async () => {
    const onchoose = vi.fn();
    render(Tabs, { label: "Example", tabs, value: "one", onchoose });
    await userEvent.tab();
    expect(screen.getByRole("tab", { name: "One" })).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(onchoose).toHaveBeenLastCalledWith("three");
    await userEvent.keyboard("{ArrowRight}");
    expect(onchoose).toHaveBeenLastCalledWith("two");
  });

  it("close by Delete where they can be closed", async () => {
    const onclose = vi.fn();
    const closable = [{ value: "two", label: "Two", onclose }];
    render(Tabs, { label: "Example", tabs: closable, value: "two", onchoose: () => {} });
    await userEvent.tab();
    await userEvent.keyboard("{Delete}");
    expect(onclose).toHaveBeenCalledOnce();
  });
});

describe("a menu to choose from", () => {
  const deeds = (run: () => void) =>
    ["Text", "Tables", "Code"].map((label) => ({ label, checked: label === "Code", run }));

  it("says what is chosen, opens there, and goes to a letter", async () => {
    const run = vi.fn();
    render(Menu, { label: "Kind", text: "Code", deeds: deeds(run) });
    await userEvent.click(screen.getByRole("button", { name: "Kind: Code" }));
    expect(screen.getByRole("menuitemradio", { name: "Code" })).toHaveFocus();
    expect(screen.getByRole("menuitemradio", { name: "Code" })).toBeChecked();
    await userEvent.keyboard("t");
    expect(screen.getByRole("menuitemradio", { name: "Text" })).toHaveFocus();
    await userEvent.keyboard("t{Enter}");
    expect(run).toHaveBeenCalledOnce();
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("stays open where several can be chosen", async () => {
    render(Menu, { label: "Kind", text: "Code", several: true, deeds: deeds(() => {}) });
    await userEvent.click(screen.getByRole("button", { name: "Kind: Code" }));
    await userEvent.click(screen.getByRole("menuitemcheckbox", { name: "Tables" }));
    expect(screen.getByRole("menu")).toBeInTheDocument();
    await userEvent.keyboard("{Escape}");
    expect(screen.getByRole("button", { name: "Kind: Code" })).toHaveFocus();
  });
});

describe("a splitter", () => {
  it("moves by arrows within its bounds and says where it is", async () => {
    const onresize = vi.fn();
    render(Splitter, { label: "Width", value: 630, min: 320, max: 640, reset: 400, onresize });
    const splitter = screen.getByRole("separator", { name: "Width" });
    expect(splitter).toHaveAttribute("aria-valuenow", "630");
    splitter.focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(onresize).toHaveBeenLastCalledWith(640);
    await userEvent.keyboard("{ArrowRight}");
    expect(onresize).toHaveBeenLastCalledWith(614);
    await userEvent.dblClick(splitter);
    expect(onresize).toHaveBeenLastCalledWith(400);
  });
});

describe("a choice", () => {
  it("is a radio group", async () => {
    const onchoose = vi.fn();
    const choices = [
      { value: "light", label: "Light" },
      { value: "dark", label: "Dark" },
    ];
    render(Segmented, { label: "Theme", value: "light", choices, onchoose });
    expect(screen.getByRole("radio", { name: "Light" })).toBeChecked();
    await userEvent.click(screen.getByText("Dark"));
    expect(onchoose).toHaveBeenCalledWith("dark");
  });
});

describe("progress", () => {
  it("tells its value, or that it has none", async () => {
    const { rerender } = render(Progress, { label: "Reading", value: 0.42 });
    const bar = screen.getByRole("progressbar", { name: "Reading" });
    expect(bar).toHaveAttribute("aria-valuenow", "42");
    await rerender({ label: "Reading", value: null });
    expect(bar).not.toHaveAttribute("aria-valuenow");
  });
});

describe("a password", () => {
  it("is forgotten once it has opened the document", async () => {
    const onsubmit = vi.fn().mockResolvedValue(undefined);
    render(PasswordForm, { title: "Exam", onsubmit });
    const field = screen.getByLabelText("Password of Exam");
    expect(screen.getByTestId("password-submit")).toBeDisabled();
    await userEvent.type(field, "secret{Enter}");
    expect(onsubmit).toHaveBeenCalledWith("secret");
    expect(field).toHaveValue("");
  });
});

const says = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

describe("a chip", () => {
  it("is words alone, or a button, or can be taken away", async () => {
    const { unmount } = render(Chip, { children: says("exam") });
    expect(screen.queryByRole("button")).toBeNull();
    unmount();
    const onclick = vi.fn();
    render(Chip, { onclick, "aria-pressed": true, lit: true, children: says("Tables") });
    await userEvent.click(screen.getByRole("button", { name: "Tables", pressed: true }));
    expect(onclick).toHaveBeenCalledOnce();
    const onremove = vi.fn();
    render(Chip, { onremove, removes: "Remove exam", children: says("exam") });
    await userEvent.click(screen.getByRole("button", { name: "Remove exam" }));
    expect(onremove).toHaveBeenCalledOnce();
  });
});

describe("a sheet", () => {
  const content = createRawSnippet(() => ({ render: () => "<div><input /><button>Last</button></div>" }));

  it("keeps the focus, closes by Escape and by its veil, and gives the focus back", async () => {
    const opener = document.body.appendChild(document.createElement("button"));
    opener.focus();
    const onclose = vi.fn();
    const { unmount } = render(Sheet, { label: "Beside", onclose, children: content });
    const sheet = screen.getByRole("dialog", { name: "Beside" });
    expect(sheet).toHaveAttribute("aria-modal", "true");
    expect(within(sheet).getByRole("textbox")).toHaveFocus();
    await userEvent.tab({ shift: true });
    expect(within(sheet).getByRole("button")).toHaveFocus();
    await userEvent.keyboard("{Escape}");
    expect(onclose).toHaveBeenCalledTimes(1);
    await userEvent.click(sheet.previousElementSibling as Element);
    expect(onclose).toHaveBeenCalledTimes(2);
    unmount();
    expect(opener).toHaveFocus();
    opener.remove();
  });
});

describe("a tree", () => {
  const all = standsOf([0, 1, 2, 0]).map((stand, key): TreeNode => ({
    key,
    title: ["Memory", "Storage", "Sleep", "Senses"][key] ?? "",
    ...stand,
  }));
  const tree = (over: object = {}) => {
    const folded = new Set<TreeNode["key"]>([1]);
    const isOpen = ({ key }: TreeNode) => !folded.has(key);
    const props = () => ({
      label: "Contents",
      rows: unfolded(all, isOpen),
      isOpen,
      row: createRawSnippet<[TreeNode]>((node) => ({ render: () => `<span>${node().title}</span>` })),
      onfold,
      onpress,
      ...over,
    });
    const onpress = vi.fn<(node: TreeNode) => void>();
    const onfold = vi.fn((node: TreeNode, open: boolean) => {
      if (open) folded.delete(node.key);
      else folded.add(node.key);
      return rerender(props());
    });
    const { rerender } = render(Tree<TreeNode>, props());
    return { onfold, onpress };
  };
  const item = (name: string) => screen.getByRole("treeitem", { name });

  it("has one tab stop, begins at what is usual, and is walked, folded and unfolded by keys", async () => {
    const { onfold } = tree({ usual: 1, current: 1 });
    expect(item("Storage")).toHaveAttribute("aria-current", "location");
    await userEvent.tab();
    expect(item("Storage")).toHaveFocus();
    expect(item("Storage")).toHaveAttribute("aria-expanded", "false");
    expect(item("Senses")).not.toHaveAttribute("aria-expanded");
    await userEvent.keyboard("{ArrowRight}");
    expect(onfold).toHaveBeenLastCalledWith(all[1], true);
    expect(item("Sleep")).toHaveAttribute("aria-level", "3");
    await userEvent.keyboard("{ArrowRight}");
    expect(item("Sleep")).toHaveFocus();
    await userEvent.keyboard("s");
    expect(item("Senses")).toHaveFocus();
    await userEvent.tab();
    await userEvent.tab({ shift: true });
    expect(item("Senses")).toHaveFocus();
  });

  it("presses by Enter, Space and the pointer; the sign that folds does only that", async () => {
    const { onpress, onfold } = tree();
    await userEvent.tab();
    await userEvent.keyboard("{Enter} ");
    await userEvent.click(item("Senses"));
    expect(onpress.mock.calls.map(([{ key }]) => key)).toEqual([0, 0, 3]);
    await userEvent.click(item("Memory").querySelector("[data-fold]") as Element);
    expect(onfold).toHaveBeenLastCalledWith(all[0], false);
    expect(onpress).toHaveBeenCalledTimes(3);
  });
});

describe("a toolbar", () => {
  it("keeps one tab stop when its buttons come and go", async () => {
    const bar = document.body.appendChild(document.createElement("div"));
    bar.innerHTML = "<button>One</button><button>Two</button>";
    const leave = roving(bar);
    const stops = () => [...bar.querySelectorAll("button")].filter(({ tabIndex }) => tabIndex === 0);
    bar.querySelectorAll("button")[1]?.focus();
    expect(stops().map(({ textContent }) => textContent)).toEqual(["Two"]);
    bar.append(document.createElement("button"));
    await tick();
    expect(stops()).toHaveLength(1);
    bar.querySelectorAll("button")[1]?.remove();
    await tick();
    expect(stops().map(({ textContent }) => textContent)).toEqual(["One"]);
    leave();
    bar.remove();
  });
});
