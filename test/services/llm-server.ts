import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server was sent. */
export interface Received {
  readonly model: string;
  readonly text: string;
  readonly format: string | null;
  readonly authorization: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How one request is answered. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

export interface LlmServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** The next requests are answered so, one behaviour each, the last one for all that follow. */
  readonly behave: (...behaviours: readonly [Behaviour, ...Behaviour[]]) => void;
  readonly close: () => Promise<void>;
}

/** A real HTTP server that speaks as much of the chat completions API as heddle uses, with whatever can go wrong. */
export async function startLlmServer(): Promise<LlmServer> {
  const received: Received[] = [];
  let behaviours: Behaviour[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
      const one = toReceived(request, body);
      received.push(one);
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      behaviour?.(response, one);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    received,
    behave: (...next) => {
      behaviours = [...next];
      received.length = 0;
    },
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function toReceived(request: IncomingMessage, body: Readonly<Record<string, unknown>>): Received {
  const messages = body['messages'] as readonly { readonly content: string }[];
  const format = body['response_format'] as { readonly type: string } | undefined;
  return {
    model: String(body['model']),
    text: messages.map(({ content }) => content).join('\n'),
    format: format?.type ?? null,
    authorization: request.headers.authorization ?? null,
    body,
  };
}

/** Answers with a completion that holds this text (or value, as JSON). */
export function says(content: unknown, given: { readonly reason?: string; readonly refusal?: string } = {}): Behaviour {
  return (response) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const message = { role: 'assistant', content: text, refusal: given.refusal ?? null };
    const choices = [{ index: 0, finish_reason: given.reason ?? 'stop', message }];
    const usage = { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1000 };
    send(
      response,
      200,
      JSON.stringify({ id: 'c1', object: 'chat.completion', created: 1, model: 'm', choices, usage }),
    );
  };
}

/** Answers with an error of the API. */
export function fails(status: number, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    send(response, status, JSON.stringify({ error: { message: `status ${String(status)}`, type: 'x', code: null } }));
  };
}

/** Answers with bytes as they are. */
export function sends(status: number, type: string, text: string): Behaviour {
  return (response) => send(response, status, text, type);
}

function send(response: ServerResponse, status: number, text: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}

/** Never answers. */
export const silent: Behaviour = () => undefined;

/** Cuts the connection before the head of an answer. */
export const resets: Behaviour = (response) => void response.socket?.resetAndDestroy();

/** Cuts the connection in the middle of the body. */
export const breaksOff: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"choices": [');
  setTimeout(() => response.socket?.resetAndDestroy(), 20);
};

/** Sends the head at once, and then a byte now and then. */
export const drips: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => void response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};

/** Sends without end. */
export const floods: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const block = ' '.repeat(65_536);
  const more = (): void => {
    while (!response.destroyed && response.write(block));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

/** Sends elsewhere. */
export function redirects(to: string): Behaviour {
  return (response) => {
    response.writeHead(307, { location: to });
    response.end();
  };
}
