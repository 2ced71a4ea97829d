/** Where another version of a site is. What is not given stays as it is. */
export interface SiteRedirect {
  readonly host?: string
  /**
   * A path, with a query if it is to replace the one that was asked for; {name} stands for the part of the address that
   * `path` of the rule names so
   */
  readonly path?: string
}

/** What is known of a site or of a part of it: one entry of rules/sites/DOMAIN.yaml, as plain data. */
export interface SiteRule {
  /** The name of its file: a domain, whose subdomains it covers too */
  readonly site: string
  /** Further domains that it covers */
  readonly also?: readonly string[]
  /**
   * The beginning of the path, by whole segments: {name} stands for any segment or for a part of one, $ for the end.
   * Without it the rule covers the whole site
   */
  readonly path?: string
  /** Selectors of the only elements that are shown, unless they match nothing */
  readonly keep?: readonly string[]
  /** Selectors of elements that are removed */
  readonly remove?: readonly string[]
  /** Selectors of the article, which the reader then shows instead of looking for it */
  readonly article?: readonly string[]
  readonly redirect?: SiteRedirect
  /** The User-Agent that the origin gets instead of that of a browser of today */
  readonly userAgent?: string
  /** The page is old HTML, whatever it looks like */
  readonly untouched?: boolean
  /** Articles open as the article alone */
  readonly readerFirst?: boolean
  /** The page is empty without scripts: its title, image and description from META and JSON-LD are shown */
  readonly summary?: boolean
  /** Why the rule exists, and when the site was last seen to need it */
  readonly why?: string
}
