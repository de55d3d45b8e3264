import type { Head } from '../model/thread.ts';

/**
 * Groups mails that are linked by In-Reply-To or References, directly or over ids that nobody has seen (union-find).
 * Subjects play no part: equal ones often mean nothing, and different ones do not part a thread.
 *
 * This is the grouping of notmuch and public-inbox. `heads` must not hold an id twice.
 */
export function findComponents<H extends Head>(heads: readonly H[]): H[][] {
  const sets = new DisjointSets();
  const places = heads.map((head) => {
    const own = sets.place(head.id);
    for (const id of head.references) sets.unite(own, sets.place(id));
    for (const id of head.inReplyTo) sets.unite(own, sets.place(id));
    return own;
  });
  const groups = new Map<number, H[]>();
  heads.forEach((head, index) => {
    const root = sets.root(places[index] ?? 0);
    const group = groups.get(root);
    if (group) group.push(head);
    else groups.set(root, [head]);
  });
  return [...groups.values()];
}

class DisjointSets {
  readonly #places = new Map<string, number>();
  readonly #parents: number[] = [];
  readonly #sizes: number[] = [];

  place(id: string): number {
    let place = this.#places.get(id);
    if (place === undefined) {
      place = this.#parents.length;
      this.#places.set(id, place);
      this.#parents.push(place);
      this.#sizes.push(1);
    }
    return place;
  }

  root(place: number): number {
    let root = place;
    for (let up = this.#parent(root); up !== root; up = this.#parent(root)) {
      // Halving the path keeps later look-ups short, without recursion.
      this.#parents[root] = this.#parent(up);
      root = this.#parent(root);
    }
    return root;
  }

  unite(a: number, b: number): void {
    const [rootA, rootB] = [this.root(a), this.root(b)];
    if (rootA === rootB) return;
    const [small, large] = this.#size(rootA) < this.#size(rootB) ? [rootA, rootB] : [rootB, rootA];
    this.#parents[small] = large;
    this.#sizes[large] = this.#size(small) + this.#size(large);
  }

  #parent(place: number): number {
    return this.#parents[place] ?? place;
  }

  #size(place: number): number {
    return this.#sizes[place] ?? 1;
  }
}
