/** A TCP proxy that does to a line what networks do: it is cut, goes silent, or somebody in between changes what is said. */
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Line {
  readonly near: Socket;
  readonly far: Socket;
}

export class FaultProxy {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #target: number;
  #isStalled = false;
  #isStripping = false;
  #opened = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => {
      this.#open(near);
    });
  }

  /** Listens on a port of its own for whom it hands on to the target port. */
  static async open(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Lines that were opened so far. */
  get opened(): number {
    return this.#opened;
  }

  /** Lines that are open. */
  get open(): number {
    return this.#lines.size;
  }

  /** Cuts every line with a reset; how many there were. */
  reset(): number {
    const count = this.#lines.size;
    for (const { near, far } of this.#lines) {
      near.resetAndDestroy();
      far.destroy();
    }
    this.#lines.clear();
    return count;
  }

  /** From now on nothing gets through, and nobody is told; new lines are taken and are as silent. */
  stall(): void {
    this.#isStalled = true;
    for (const { near, far } of this.#lines) {
      near.pause();
      far.pause();
    }
  }

  /** What was held back gets through. */
  unstall(): void {
    this.#isStalled = false;
    for (const { near, far } of this.#lines) {
      near.resume();
      far.resume();
    }
  }

  /** The server's offer of STARTTLS is taken away. */
  stripStartTls(): void {
    this.#isStripping = true;
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #open(near: Socket): void {
    this.#opened += 1;
    const far = connect(this.#target, '127.0.0.1');
    const line = { near, far };
    this.#lines.add(line);
    const end = (): void => {
      this.#lines.delete(line);
      near.destroy();
      far.destroy();
    };
    near.on('error', end).on('close', end);
    far.on('error', end).on('close', end);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => near.write(this.#isStripping ? strip(bytes) : bytes));
    if (this.#isStalled) {
      near.pause();
      far.pause();
    }
  }
}

function strip(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('STARTTLS', 'XNOTHING'), 'latin1');
}
