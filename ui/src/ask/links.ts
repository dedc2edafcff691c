/** An address that leads out of the app, in parts: the one to look at is where it leads. */
export interface Destination {
  /** As the browser would be given it: signs that look like others, or turn the text round, are written out. */
  address: string;
  before: string;
  host: string;
  after: string;
}

/** What the system may be asked to open. Anything else is text. */
const OPENED = ["http:", "https:", "mailto:"];

/** Where an address of an answer leads; null where it leads nowhere that may be opened. */
export function destinationOf(address: string): Destination | null {
  // The parser of addresses takes line ends and tabs out, so that what is read is not what is opened.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f]/.test(address)) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!OPENED.includes(url.protocol)) return null;
  const { href } = url;
  const host = url.protocol === "mailto:" ? (url.pathname.split("@").at(-1) ?? "") : url.host;
  if (host === "") return null;
  // Whatever stands before an @ is a name, however much it looks like a host.
  const from = url.protocol === "mailto:" ? href.indexOf(`@${host}`) + 1 : hostAt(href);
  return {
    address: href,
    before: href.slice(0, from),
    host: href.slice(from, from + host.length),
    after: href.slice(from + host.length),
  };
}

function hostAt(href: string): number {
  const from = href.indexOf("//") + 2;
  const end = /[/?#]/.exec(href.slice(from))?.index ?? href.length;
  return from + href.slice(from, from + end).lastIndexOf("@") + 1;
}
