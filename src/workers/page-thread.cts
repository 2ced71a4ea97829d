/**
 * The file that a thread for pages begins with. piscina loads it by require(), so it is no module of ES: a thread that is
 * ended while require() links modules of ES takes the whole process with it (Node 20.20, one in some hundred that end
 * while they begin: "IsGraphAsync must be used on an instantiated module"), and it is ended where the client of the first
 * page leaves. import() has no such fault.
 */
const worker = import('./page-worker.js')

type Work = Awaited<typeof worker>

const from = <Name extends keyof Work>(name: Name): Promise<Work[Name]> => worker.then(work => work[name])

export = {
  // The thread is there once its work is loaded: piscina waits for what a file exports by default.
  __esModule: true,
  default: from('convertPage'),
  convertPage: from('convertPage'),
  needsOfPage: from('needsOfPage'),
  storiesOfFeed: from('storiesOfFeed'),
  resultsOfAnswer: from('resultsOfAnswer'),
  formForSite: from('formForSite'),
  collect: from('collect'),
  collectMany: from('collectMany')
}
