/** Another face of a site. What is not given stays as it is. */
export interface SiteRedirect {
  readonly host?: string
  /**
   * A path, perhaps with a query instead of what was asked; {name} stands for the part of the address that `path` of
   * the rule calls so
   */
  readonly path?: string
}

/** What is known of a site, or of a part of it: one entry of rules/sites/DOMAIN.yaml, as plain data. */
export interface SiteRule {
  /** Name of its file: the domain, for which it holds with all names below it */
  readonly site: string
  /** Further domains for which it holds */
  readonly also?: readonly string[]
  /**
   * Beginning of the path, by whole parts; {name} stands for any one, or for some of it; $ ends it. Without it: the
   * whole site
   */
  readonly path?: string
  /** Selectors of what is shown; all else goes, unless they find nothing */
  readonly keep?: readonly string[]
  /** Selectors of what is not shown */
  readonly remove?: readonly string[]
  /** Selectors of what the reader shows, instead of what it would find */
  readonly article?: readonly string[]
  readonly redirect?: SiteRedirect
  /** Sent to the origin instead of a browser's */
  readonly userAgent?: string
  /** The page is old HTML, whatever it looks like */
  readonly untouched?: boolean
  /** Articles open as the article alone */
  readonly readerFirst?: boolean
  /** The page shows nothing without its scripts: what it says of itself is shown */
  readonly summary?: boolean
  /** Why the rule is there, and when the site was last seen so */
  readonly why: string
}
