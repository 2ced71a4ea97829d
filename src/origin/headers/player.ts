import type { IncomingHttpHeaders } from 'node:http'

/** Programs that play what they fetch, by the beginning of their name. */
const PLAYERS =
  /^(winamp|ultravox|nsplayer|windows-media|quicktime|qts\b|realplayer|realmedia|rma\/|itunes|mplayer|xine|vlc|xmms|audion|soundjam|macast|macamp|freeamp|sonique|mpg123|coolplayer|foobar)/i

/** Whether a client plays sounds: by its name, or because it asks for the titles in a stream of SHOUTcast. */
export const isPlayer = (headers: IncomingHttpHeaders): boolean =>
  headers['icy-metadata'] !== undefined || PLAYERS.test(headers['user-agent'] ?? '')
