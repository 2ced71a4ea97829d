import { frame, html, type Html } from './html.js'
import type { PortalPage } from './page.js'

/** What the page needs to know of the authority that signs for https:// hosts. */
interface Certificate {
  readonly certificate: string
  readonly der: Buffer
}

interface AuthorityServices {
  /** Undefined where TLS is not terminated here */
  readonly authority: Certificate | undefined
}

/** How to import a certificate, by browser. */
const IMPORTS: ReadonlyArray<readonly [string, string]> = [
  [
    'Netscape 3 and 4',
    'Follow the first link. A box "New Certificate Authority" opens: press Next until it asks what to accept, tick "Accept this Certificate Authority for Certifying network sites", then Next and Finish. To take it out again: Security (or Options, Security Preferences), Signers.'
  ],
  [
    'Netscape 6 and 7, Mozilla',
    'Follow the first link and tick "Trust this CA to identify web sites". To take it out again: Preferences, Privacy and Security, Certificates.'
  ],
  [
    'Internet Explorer 3',
    'Follow the first link and press Open, then OK. To take it out again: View, Options, Security, Sites.'
  ],
  [
    'Internet Explorer 4, 5 and 6',
    'Follow the first link and press Open, then Install Certificate and Next until it is done; say Yes to "add to the Root Store". To take it out again: Internet Options, Content, Certificates (or Authorities).'
  ],
  [
    'Internet Explorer for Macintosh',
    'Follow the first link. To take it out again: Preferences, Web Browser, Security.'
  ],
  [
    'iCab',
    'It takes no authorities in its first versions: it asks at each site whether to go on, and remembers the answer.'
  ],
  [
    'Opera',
    'Follow the first link and press Install, then OK. To take it out again: Preferences, Security, Authorities.'
  ]
]

const off = (portal: string): Html =>
  frame(
    'No certificate',
    html`
<h1>No certificate</h1>
<p>This proxy makes no secure connections with your browser, so there is no certificate to import.</p>
<p>Type <b>http://</b> for every address: the proxy does the https:// part.</p>
<p>The person who runs it can change that with the setting <tt>tls</tt>.</p>
<hr>
<p><small><a href="${portal}/">Home page</a></small></p>`
  )

/** Explains what the certificate of this proxy is for, offers its two files, and says how each browser imports it. */
export const authorityPage: PortalPage<AuthorityServices> = ({ portal }, { authority }) => ({
  page:
    authority === undefined
      ? off(portal)
      : frame(
          'Certificate of this proxy',
          html`
<h1>Certificate of this proxy</h1>
<p>When you type an address with https://, your browser has a secure connection to this proxy, which answers in the name of the site, and the proxy has another one to the site. Your browser warns you, because it does not know who signed for that. Import this certificate once, and it stops warning you.</p>
<p>Do so only if you trust the person who runs this proxy: the proxy can read everything that you send to https:// addresses.</p>
<ul>
<li><a href="${portal}/ca.crt"><b>Import the certificate</b></a> (DER)
<li><a href="${portal}/ca.pem">The same as text</a> (PEM), to be saved
</ul>
<p>Many old browsers know only kinds of encryption that this proxy no longer does (SSL 3, RC4, DES). With or without the certificate, they say that there is no common encryption. Type <b>http://</b> there: the proxy does the https:// part.</p>
<h2>How to import it</h2>
<dl>${IMPORTS.map(([browser, steps]) => html`<dt><b>${browser}</b><dd>${steps}`)}</dl>
<hr>
<p><small><a href="${portal}/">Home page</a></small></p>`
        )
})

/** An address that serves the certificate itself. */
const fileOf =
  (type: string, body: (authority: Certificate) => string | Buffer): PortalPage<AuthorityServices> =>
  ({ portal }, { authority }) =>
    authority === undefined ? { page: off(portal), status: 404 } : { type, body: body(authority) }

/** With this type Netscape and Internet Explorer ask whether to trust it; they read DER. */
export const authorityBytes = fileOf('application/x-x509-ca-cert', ({ der }) => der)

/** As text, so that browsers show it and it can be saved. */
export const authorityText = fileOf('text/plain', ({ certificate }) => certificate)
