import { SETTINGS } from './settings.js'

/** The settings as help, the sample file and the man page show them: each in one group. */
export const SETTING_GROUPS: Readonly<Record<string, ReadonlyArray<keyof typeof SETTINGS>>> = {
  'Where it listens': ['port', 'host', 'name', 'ownNames', 'small'],
  'Who may use it': [
    ...(['allowClients', 'denyClients', 'gatewayClients', 'users', 'metricsFrom'] as const),
    ...(['maxRequestsPerMinute', 'maxMegabytesPerDay', 'maxVisits', 'maxVisitsPerClient'] as const),
    ...(['maxConnections', 'maxConnectionsPerClient', 'maxConnectionsPerSecond'] as const)
  ],
  'What pages look like': [
    ...(['profile', 'images', 'originalSource', 'feedLinks', 'archiveLink', 'figures'] as const),
    ...(['maxSheets', 'maxSheetBytes', 'sheetTimeoutMilliseconds', 'maxProbes', 'probeTimeoutMilliseconds'] as const),
    'imagesAhead'
  ],
  'Search and news': [
    ...(['searchEngines', 'searxng', 'searchTimeoutSeconds', 'answerFor', 'newsEdition', 'newsFeeds'] as const),
    ...(['newsRefreshMinutes', 'maxFeedBytes', 'feedTimeoutSeconds'] as const)
  ],
  'Files of your own': ['own', 'rules', 'sites', 'untouched', 'blocked', 'blockTrackers', 'dataDir', 'extraCa'],
  'The way to the sites': [
    ...(['upstreamProxy', 'allowHosts', 'allowPorts', 'connectTimeoutSeconds', 'responseTimeoutSeconds'] as const),
    ...(['bodyTimeoutSeconds', 'readTimeoutSeconds', 'maxConnectionsPerRequest', 'maxRedirects'] as const)
  ],
  'TLS and tunnels': [
    ...([
      'tls',
      'tlsHosts',
      'tlsDigest',
      'tlsHandshakeSeconds',
      'maxTlsHandshakes',
      'maxCertificatesPerSecond'
    ] as const),
    ...(['tunnelPorts', 'tunnelIdleSeconds', 'tunnelSeconds', 'maxTunnels'] as const)
  ],
  'Several proxies together': [
    ...(['sharedStore', 'sharedStorePasswordFile', 'sharedStoreMilliseconds', 'proxyProtocolFrom'] as const),
    'drainSeconds'
  ],
  'Log and end': ['log', 'logQueries', 'shutdownSeconds'],
  'How much of everything': [
    ...(['maxPageBytes', 'maxElements', 'maxImageBytes', 'maxImagePixels', 'maxImageSide', 'maxImageFrames'] as const),
    ...([
      'maxThreadMemoryBytes',
      'maxImageMemoryBytes',
      'maxImageCacheBytes',
      'maxPageCacheBytes',
      'maxSheetCacheBytes'
    ] as const),
    ...(['maxBodiesBytes', 'maxUploadBytes', 'maxFormBytes', 'maxInlineBytes', 'maxPartBytes'] as const),
    ...(['maxCookieBytes', 'maxShortAddresses', 'maxStoreBytes'] as const),
    ...([
      'conversions',
      'readyThreads',
      'conversionTimeoutSeconds',
      'maxWaitingConversions',
      'conversionWaitSeconds'
    ] as const),
    ...(['uploadPauseSeconds', 'maxHeadBytes', 'headTimeoutSeconds', 'keepAliveTimeoutSeconds'] as const)
  ]
}
