/** Whether an address, as a person types it, is of this very computer. The shell decides in the end. */
export function isOnThisComputer(typed: string): boolean {
  const address = typed.trim();
  try {
    const { hostname } = new URL(address.includes("://") ? address : `http://${address}`);
    return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  } catch {
    // Still being typed.
    return true;
  }
}
