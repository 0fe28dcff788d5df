import { expect, it } from 'vitest'
import { findLockProblems } from './find-lock-problems.js'

const integrity = 'sha512-x'

it('accepts exact versions whose optional packages are all locked, nested or not', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { integrity, optionalDependencies: { '@a/linux': '1.0.0', '@a/mac': '1.0.0' } },
      'node_modules/@a/linux': { integrity },
      'node_modules/a/node_modules/@a/mac': { integrity, optionalDependencies: { deep: '1.0.0' } },
      'node_modules/deep': { integrity },
    },
  }
  expect(findLockProblems(lock, { devDependencies: { a: '1.0.0-beta.2' } })).toEqual([])
})

it('names each optional package that is not locked', () => {
  const lock = {
    packages: {
      'node_modules/a': { integrity, optionalDependencies: { '@a/linux': '1.0.0' } },
      'node_modules/b/node_modules/@a/linux': { integrity },
    },
  }
  expect(findLockProblems(lock, {})).toEqual([
    'package-lock.json: node_modules/a may need @a/linux, which is not in the lock file',
  ])
})

it('refuses hosts, missing integrity and version ranges', () => {
  const lock = { packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } } }
  expect(findLockProblems(lock, { dependencies: { a: '^1.0.0' }, optionalDependencies: { b: 'latest' } })).toEqual([
    'package-lock.json: node_modules/a names where it was downloaded (resolved)',
    'package-lock.json: node_modules/a has no integrity',
    'package.json: a is "^1.0.0", not one exact version',
    'package.json: b is "latest", not one exact version',
  ])
})
