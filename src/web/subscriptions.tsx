import type { Context, Hono } from 'hono';
import { confirmSubscriber, endSubscriber } from '../pipeline/deliver/membership.ts';
import { findOwner } from '../pipeline/deliver/tokens.ts';
import type { PostBook } from '../ports/post-book.ts';
import { Layout } from './layout.tsx';
import type { WebPorts } from './ports.ts';
import { tellTrouble, toTags, type Variables } from './shell.tsx';

type Asked = Context<{ Variables: Variables }>;

/** One word of a subscriber, said by a link of a mail: the token in it is all that is needed, and all that counts. */
interface Word {
  readonly path: 'confirm' | 'unsubscribe';
  readonly use: 'confirm' | 'leave';
  readonly title: string;
  readonly question: string;
  readonly button: string;
  readonly done: string;
  readonly act: (
    post: PostBook,
    subscriber: NonNullable<Awaited<ReturnType<typeof findOwner>>>,
    now: Date,
  ) => Promise<unknown>;
}

const WORDS: readonly Word[] = [
  {
    path: 'confirm',
    use: 'confirm',
    title: 'The daily digest',
    question: 'Shall the digest come to the address that this link was sent to?',
    button: 'Yes, send it',
    done: 'It comes from now on. Every digest has a link that ends it.',
    act: (post, subscriber, now) => confirmSubscriber(post, subscriber, now),
  },
  {
    path: 'unsubscribe',
    use: 'leave',
    title: 'No more digests',
    question: 'Shall no digest come any more to the address that this link was sent to?',
    button: 'Yes, end it',
    done: 'No digest comes any more.',
    act: (post, subscriber) => endSubscriber(post, subscriber, 'they left, by the link'),
  },
];

/** What nobody needs to be told: whether a token was ever good. */
const NO_TOKEN = 'This link is not good any more, or was cut by a mail program.';

/**
 * The pages behind the links of digests. A page alone changes nothing, since programs look at links before people do; its button does,
 * and so does the one-click request of RFC 8058, which mail programs send without cookies and from nowhere.
 */
export function addSubscriptions(app: Hono<{ Variables: Variables }>, ports: WebPorts): void {
  const { post } = ports;
  if (post === undefined) return;
  for (const word of WORDS) {
    const find = (context: Asked) =>
      findOwner(context.req.param('token') ?? '', word.use, { post, now: ports.clock.now() });
    app.get(`/${word.path}/:token`, async (context) => {
      if ((await find(context)) === null) return tellTrouble(context, ports, { status: 404, text: NO_TOKEN });
      return show(context, ports, word);
    });
    app.post(`/${word.path}/:token`, async (context) => {
      const owner = await find(context);
      if (owner === null) return tellTrouble(context, ports, { status: 404, text: NO_TOKEN });
      await word.act(post, owner, ports.clock.now());
      return show(context, ports, word, 'done');
    });
  }
}

function show(context: Asked, { list, assets }: WebPorts, word: Word, state?: 'done'): Response | Promise<Response> {
  context.header('cache-control', 'no-store');
  return context.html(
    <Layout title={word.title} list={list} at="" tags={toTags({ assets })} user={null} mark={null} canLogIn={false}>
      <h1>{word.title}</h1>
      {state === 'done' ? (
        <p>{word.done}</p>
      ) : (
        <form method="post">
          <p>{word.question}</p>
          <button>{word.button}</button>
        </form>
      )}
    </Layout>,
  );
}
