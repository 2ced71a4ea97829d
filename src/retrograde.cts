#!/usr/bin/env node
/**
 * The command. Names are looked up in libuv's threads, which files share, and names get half of them at most: with four,
 * as Node has, two at once. libuv reads how many there are to be at the first use, and for a module of ES that is its own
 * loading: so this file is none. `env -S` in the first line is not known to busybox, a shell script not to Windows, and a
 * second process with another environment would take 40 MB to wait for the first.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '16'
void import('./main.js')
