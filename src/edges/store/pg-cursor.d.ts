/** pg-cursor ships no types: what heddle uses of it. */
declare module 'pg-cursor' {
  export default class Cursor<Row> {
    constructor(text: string, values: readonly unknown[], config?: { readonly types: unknown });
    read(count: number): Promise<Row[]>;
    close(): Promise<void>;
    submit(connection: unknown): void;
  }
}
