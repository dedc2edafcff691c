import { expect, test } from "vitest";

import { isOnThisComputer } from "./server";

test.each(["localhost:11434", "http://127.0.0.1:8080/v1", "http://[::1]:1", " http://localhost ", "http://"])(
  "%s is on this computer, or not an address yet",
  (address) => expect(isOnThisComputer(address)).toBe(true),
);

test.each([
  "https://api.example.org/v1",
  "192.168.1.5:11434",
  "http://localhost.example.org",
  "http://0.0.0.0:1",
])("%s is not", (address) => expect(isOnThisComputer(address)).toBe(false));
