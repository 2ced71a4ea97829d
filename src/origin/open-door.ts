import { createDispatcher, type DispatcherOptions } from './connect/dispatcher.js'
import { createDoor, type Door, type DoorOptions } from './door.js'
import { createLenientAsker } from './lenient/ask-leniently.js'
import { createSocketOpener } from './lenient/open-socket.js'

/** What the door is made of, and what it is told. */
export type OpenDoorOptions = DispatcherOptions & Omit<DoorOptions, 'dispatcher' | 'askLeniently'>

/** Opens the one way to the Internet: undici's, and a second try for what its parser refuses, behind the same guard. */
export const openDoor = (options: OpenDoorOptions): Door =>
  createDoor({
    ...options,
    dispatcher: createDispatcher(options),
    askLeniently: createLenientAsker({ ...options, openSocket: createSocketOpener(options) })
  })
