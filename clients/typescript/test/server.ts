import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a server answers one request, well or badly. */
export type Act = (request: IncomingMessage, answer: ServerResponse) => void | Promise<void>;

/** A request as it came. */
export interface Received {
  method: string;
  target: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** A server that answers each request as the script says next; the last line of the script goes on for ever. Ends with its block (`await using`). */
export async function scriptedServer(...script: Act[]): Promise<{ address: string; requests: Received[]; [Symbol.asyncDispose](): Promise<void> }> {
  const requests: Received[] = [];
  const server = createServer(async (request, answer) => {
    let body = "";
    for await (const part of request)
      body += String(part);
    requests.push({ method: request.method!, target: request.url!, headers: request.headers, body });
    await (script.length > 1 ? script.shift()! : script[0]!)(request, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const answers = (status: number, body: unknown, headers: Record<string, string> = {}): Act => (_, answer) => {
  answer.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers });
  answer.end(JSON.stringify(body));
};

export const refuses = (status: number, name: string, headers: Record<string, string> = {}): Act =>
  answers(status, { type: `/problems/${name}`, title: "Title", status, detail: "What to do.", traceId: "4bf92f3577b34da6a3ce929d0e0e4736" }, headers);

/** The connection is lost before anything is answered. */
export const hangsUp: Act = (request) => void request.socket.destroy();

/** The connection is lost in the middle of the answer. */
export const breaksOff: Act = (request, answer) => {
  answer.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
  answer.write("{", () => request.socket.destroy());
};

/** Nothing comes, until the other side has had enough. */
export const isSilent: Act = () => undefined;
