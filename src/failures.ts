/** Every failure a person can see: the status that is sent, one sentence on what happened, and what to try. */
export interface FailureText {
  readonly status: number
  readonly title: string
  readonly sentence: string
  readonly advice: string
}

/** The stable codes of all failures; error pages, logs and docs name them. */
export const FAILURES = {
  BAD_REQUEST: {
    status: 400,
    title: 'Request not understood',
    sentence: 'Your browser sent a request that this proxy could not understand.',
    advice: 'Check the address for typing errors.'
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'Request not finished',
    sentence: 'Your browser began a request and did not finish it in time.',
    advice: 'Try again.'
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    title: 'Too much to send',
    sentence: 'What your browser sent is larger than this proxy passes on.',
    advice: 'Send a smaller file.'
  },
  HEAD_TOO_LARGE: {
    status: 431,
    title: 'Request too long',
    sentence: 'The address or the headers that your browser sent are too long.',
    advice: 'Try a shorter address.'
  },
  METHOD_NOT_ALLOWED: {
    status: 501,
    title: 'Not supported',
    sentence: 'This proxy does not know what your browser asked it to do.',
    advice: 'Only ordinary pages, forms and downloads work here.'
  },
  UNKNOWN_SCHEME: {
    status: 400,
    title: 'Kind of address not supported',
    sentence: 'Only addresses that begin with http:// or https:// can be opened here.',
    advice:
      'Check the beginning of the address. What begins with ftp:, gopher: or news: your browser can fetch by itself, if it is old enough: take this proxy out of its settings for FTP and Gopher. What begins with mailto: is for a mail program.'
  },
  NOT_FOUND_HERE: {
    status: 404,
    title: 'No such page',
    sentence: 'This proxy has no page of its own at that address.',
    advice: 'Go to the home page.'
  },
  SHORT_ADDRESS_GONE: {
    status: 404,
    title: 'Short address not known',
    sentence: 'This short address stands for a longer one that this proxy does not remember.',
    advice:
      'Go back to the page with the link, reload it and try again. Short addresses last a year from their last use.'
  },
  FORM_MOVED: {
    status: 502,
    title: 'Form not delivered',
    sentence: 'The site wants this form at another address, and the form is too long for this proxy to send it twice.',
    advice: 'Go back, reload the page with the form and send it again, with smaller files.'
  },
  PART_GONE: {
    status: 404,
    title: 'This part is gone',
    sentence: 'The page was the answer to a form, and this proxy keeps the parts of such a page only for a while.',
    advice: 'Go back to the form and send it again.'
  },
  USE_HTTP: {
    status: 502,
    title: 'Use http:// here',
    sentence: 'This proxy makes secure connections to sites for you, but it talks to your browser by plain http.',
    advice:
      'Change https:// to http:// at the beginning of the address. The proxy still fetches the page over a secure connection.'
  },
  TUNNEL_REFUSED: {
    status: 403,
    title: 'Port not open',
    sentence: 'This proxy lets programs for chat, mail and the like through only on ports that were opened for them.',
    advice: 'The person who runs the proxy can open this one: its number goes into the setting tunnelPorts.'
  },
  TOO_MANY_CONNECTS: {
    status: 503,
    title: 'Too much at once',
    sentence: 'This proxy is busy with other secure connections.',
    advice: 'Try again in a minute, or change https:// to http:// at the beginning of the address.'
  },
  CLIENT_REFUSED: {
    status: 403,
    title: 'Not allowed',
    sentence: 'This proxy does not serve your address.',
    advice: 'Ask the person who runs it to let your machine in, with the setting allowClients.'
  },
  GATEWAY_REFUSED: {
    status: 403,
    title: 'Not allowed',
    sentence:
      'This proxy runs in a container where everybody seems to come from one address, so it cannot tell who you are.',
    advice:
      'The person who runs it can let the real addresses through, ask for passwords (users), or let everybody in (gatewayClients).'
  },
  PROXY_PASSWORD: {
    status: 407,
    title: 'Password needed',
    sentence: 'This proxy asks for a name and a password, and got none, or wrong ones.',
    advice:
      'Type them when your browser asks. If it does not ask, leave its proxy setting empty and put the address of this proxy before each address.'
  },
  PASSWORD: {
    status: 401,
    title: 'Password needed',
    sentence: 'This proxy asks for a name and a password, and got none, or wrong ones.',
    advice: 'Type them when your browser asks. The person who runs the proxy gives them out.'
  },
  LOGIN_UNKNOWN: {
    status: 403,
    title: 'No way to log in',
    sentence:
      'The site asks for a name and a password in a way that this proxy cannot pass on, so your browser does not ask you for them.',
    advice: 'See whether the site has a page with a form to log in. Otherwise only a browser of today gets in there.'
  },
  LOGIN_NOT_HERE: {
    status: 403,
    title: 'No log-in at this address',
    sentence:
      'The site asks for a name and a password. At this address your browser would give them to other sites as well, so you are not asked for them.',
    advice:
      'Open the address of the site itself. If that is what you did, set this proxy in the settings of your browser instead of putting its address before those of sites.'
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too fast',
    sentence: 'Your machine has asked for more pages and pictures in a minute than this proxy fetches for one machine.',
    advice: 'Wait a minute, then try again.'
  },
  TOO_MANY_AT_ONCE: {
    status: 429,
    title: 'Too much at once',
    sentence: 'Your machine is asking for more things at once than this proxy fetches for one machine.',
    advice: 'Wait until your other pages and downloads have arrived, then try again.'
  },
  DAY_IS_OVER: {
    status: 429,
    title: 'Enough for today',
    sentence: 'Your machine has received as much as this proxy sends to one machine in a day.',
    advice: 'Come back tomorrow.'
  },
  BUSY: {
    status: 503,
    title: 'Busy',
    sentence: 'Too many people use this proxy at the moment.',
    advice: 'Wait a moment, then try again.'
  },
  BLOCKED: {
    status: 403,
    title: 'Blocked here',
    sentence: 'The person who runs this proxy does not let it fetch that address.',
    advice: 'Ask that person if you think that this is a mistake.'
  },
  ADDRESS_REFUSED: {
    status: 403,
    title: 'Address refused',
    sentence: 'That address is inside a private network, and this proxy does not fetch from there.',
    advice: 'The person who runs the proxy can open it with the setting allowHosts.'
  },
  PORT_REFUSED: {
    status: 403,
    title: 'Port refused',
    sentence: 'That address names a port from which this proxy fetches nothing.',
    advice: 'The person who runs the proxy can open more ports in its settings.'
  },
  LOOP: {
    status: 508,
    title: 'Going in circles',
    sentence: 'That address leads back to this proxy.',
    advice: 'Check the address: it may name this proxy twice.'
  },
  NAME_NOT_FOUND: {
    status: 502,
    title: 'Site not found',
    sentence: 'There is no site of that name.',
    advice: 'Check the name for typing errors. The site may also be gone.'
  },
  NAME_SERVER_SILENT: {
    status: 504,
    title: 'Name not looked up',
    sentence: 'No name server could tell this proxy where that site is, so it is not known whether there is one.',
    advice:
      'Try again in a minute. If other sites do not open either, the proxy itself has no connection to the Internet.'
  },
  CONNECTION_REFUSED: {
    status: 502,
    title: 'Site does not answer',
    sentence: 'The site refused the connection.',
    advice: 'Try again later.'
  },
  CONNECTION_LOST: {
    status: 502,
    title: 'Connection lost',
    sentence: 'The site ended the connection before its answer was complete.',
    advice: 'Try again.'
  },
  TIMED_OUT: {
    status: 504,
    title: 'Site too slow',
    sentence: 'The site did not answer in time.',
    advice: 'Try again later.'
  },
  BAD_CERTIFICATE: {
    status: 502,
    title: 'Certificate not trusted',
    sentence: 'The site could not prove that it is the one you asked for.',
    advice: 'Only the people who run the site can put this right. Do not send anything secret there.'
  },
  SECURE_FAILED: {
    status: 502,
    title: 'No secure connection',
    sentence: 'The site and this proxy could not agree on how to encrypt the connection.',
    advice: 'Try again later.'
  },
  REDIRECT_LOOP: {
    status: 502,
    title: 'Going in circles',
    sentence: 'The site sends you from one address to the next without end.',
    advice: 'The site may need cookies or a newer browser.'
  },
  BAD_REDIRECT: {
    status: 502,
    title: 'Sent nowhere',
    sentence: 'The site sends you on, but not to an address that can be opened.',
    advice: 'Try the front page of the site.'
  },
  BAD_ANSWER: {
    status: 502,
    title: 'Answer not understood',
    sentence: 'The site answered with something that is not proper HTTP.',
    advice: 'Try again later.'
  },
  TOO_LARGE: {
    status: 502,
    title: 'Too large',
    sentence: 'The answer of the site is larger than this proxy can convert.',
    advice: 'Try another page of the site.'
  },
  CONVERSION_FAILED: {
    status: 500,
    title: 'Conversion failed',
    sentence: 'This proxy could not convert the page for your browser.',
    advice: 'Try the reader view, or another page of the site.'
  },
  GIVEN_UP: {
    status: 502,
    title: 'Given up',
    sentence: 'This page needed more connections to sites than this proxy opens for one page.',
    advice: 'Try another page of the site.'
  },
  BAD_HOST: {
    status: 400,
    title: 'Not the name of a site',
    sentence: 'The part of the address that should name a site is not a name that a site can have.',
    advice: 'Check the address for typing errors.'
  },
  UPSTREAM_PROXY: {
    status: 502,
    title: 'Upstream proxy failed',
    sentence: 'The other proxy, through which this one reaches the Internet, did not do its part.',
    advice: 'The person who runs the proxy should look at its upstream proxy setting.'
  },
  UPSTREAM_SILENT: {
    status: 504,
    title: 'Upstream proxy too slow',
    sentence:
      'The other proxy, through which this one reaches the Internet, did not answer in time. The site itself may be fine.',
    advice: 'Try again later. The person who runs the proxy should look at its upstream proxy.'
  },
  INTERNAL: {
    status: 500,
    title: 'Something broke',
    sentence: 'This proxy made a mistake of its own.',
    advice: 'Try again, and tell the person who runs it.'
  }
} as const satisfies Record<string, FailureText>

export type FailureCode = keyof typeof FAILURES

/** A failure with one of the codes above; `detail` is technical and is shown in small print. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly detail: string

  constructor(code: FailureCode, detail = '', cause?: unknown) {
    super(`${code}${detail === '' ? '' : `: ${detail}`}`, cause === undefined ? undefined : { cause })
    this.name = 'Failure'
    this.code = code
    this.detail = detail
  }
}

/** Whether an error is a mistake of this program: no socket and no parser of an origin's answer throws such a one. */
export const isMistake = (error: unknown): error is Error =>
  error instanceof TypeError ||
  error instanceof RangeError ||
  error instanceof ReferenceError ||
  error instanceof SyntaxError
