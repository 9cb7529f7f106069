import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../adapters/config.ts';

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(readConfig({ PORT: '' })).toMatchObject({ port: 3978, host: '127.0.0.1', database: 'file:./data/madoguchi.db', idleHours: 24, timeZone: 'Asia/Tokyo', origins: [] });
  });

  test('names every fault at once, and no value', () => {
    const read = () => readConfig({ PORT: 'eighty', HOST: '0.0.0.0', TZ_CITY: 'Mars/Olympus', LOG_LEVEL: 'loud', ALLOWED_ORIGINS: 'city', DIRECT_LINE_SECRET: 'short-secret', TODAY: '2026-02-30' });
    expect(read).toThrow(ConfigError);
    try {
      read();
    } catch (error) {
      const { message } = error as Error;
      for (const name of ['PORT', 'TZ_CITY', 'LOG_LEVEL', 'ALLOWED_ORIGINS', 'DIRECT_LINE_SECRET', 'TODAY']) expect(message).toContain(name);
      expect(message).not.toContain('short-secret');
    }
  });

  test('an address others can reach needs a secret, and production no pretend date', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow('DIRECT_LINE_SECRET is required because HOST is 0.0.0.0');
    expect(readConfig({ HOST: '0.0.0.0', DIRECT_LINE_SECRET: 'x'.repeat(32) }).host).toBe('0.0.0.0');
    expect(() => readConfig({ TODAY: '2027-04-01', NODE_ENV: 'production' })).toThrow('TODAY');
  });

  test('the database is a file or PostgreSQL, and nothing else', () => {
    for (const url of ['file:./data/x.db', 'postgres://m:p%40ss@db.city.example.jp:5432/madoguchi?sslmode=verify-full', 'postgresql://localhost/m']) expect(readConfig({ DATABASE_URL: url }).database).toBe(url);
    for (const url of ['mysql://secret-user:secret@db/m', 'postgres://', 'postgres://db:port/m', 'data.db']) {
      expect(() => readConfig({ DATABASE_URL: url })).toThrow('DATABASE_URL must be a file such as');
      expect(() => readConfig({ DATABASE_URL: url })).not.toThrow('secret');
    }
  });

  test('origins are cut to scheme and host', () => {
    expect(readConfig({ ALLOWED_ORIGINS: 'https://www.city.mihon.example.jp/a, https://b.example:8443' }).origins).toEqual(['https://www.city.mihon.example.jp', 'https://b.example:8443']);
  });
});
