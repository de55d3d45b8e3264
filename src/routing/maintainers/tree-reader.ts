/** How a source tree is looked at; the program that answers a command gives one over its file system. */
export interface TreeReader {
  /** The bytes of a file of the tree, by its path relative to the top; `null` where there is no such file. */
  read(path: string): Buffer | null;
  isDirectory(path: string): boolean;
}
