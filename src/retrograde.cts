#!/usr/bin/env node
/**
 * The command. Names are looked up in libuv's threads, which files share, and names get half of them at most: with four,
 * as Node has, two at once. libuv reads how many there are to be at the first use, and for a module of ES that is its own
 * loading: so this file is none. `env -S` in the first line is not known to busybox, a shell script not to Windows, and a
 * second process with another environment would take 40 MB to wait for the first.
 *
 * New objects get a room that does not double while the program loads: with V8's own way it grows to 32 MB there, is never
 * given back, and an idle proxy takes 17 MB more (measured with Node 20.20).
 *
 * V8 optimises what has run for 66 KB of bytecode, on threads of its own: for the first pages that takes as much processor
 * time as the pages themselves, which a machine with two cores does not have to spare. With 300 KB a start takes a quarter
 * less, the first sixty pages a sixth less, and what comes after is as fast (measured with Node 20.20). V8 12, of Node 22,
 * counts in another way, and complains of that flag.
 */
import v8 = require('node:v8')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `retrograde: it needs Node 20.19 or later, and this is ${process.versions.node}: nodejs.org and deb.nodesource.com have newer ones\n`
  )
  process.exitCode = 1
} else {
  if (process.env['UV_THREADPOOL_SIZE'] === undefined) process.env['UV_THREADPOOL_SIZE'] = '16'
  v8.setFlagsFromString('--semi-space-growth-factor=1')
  if (Number.parseInt(process.versions.v8, 10) < 12) v8.setFlagsFromString('--interrupt-budget=300000')
  void import('./main.js')
}
