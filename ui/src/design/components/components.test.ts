import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import Menu from "./Menu.svelte";
import PasswordForm from "./PasswordForm.svelte";
import Progress from "./Progress.svelte";
import Segmented from "./Segmented.svelte";
import Splitter from "./Splitter.svelte";
import Tabs from "./Tabs.svelte";

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
