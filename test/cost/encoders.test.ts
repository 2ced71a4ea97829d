import t from 'tap'
import { normalised } from '../../src/charset/stream-safe.js'
import { encoderOf } from '../helpers/context.js'
import { isLinear } from '../helpers/cost.js'

// What text is sent in: time grows with size.

t.test('encoders and normalization', t => {
  for (const text of ['\u0301\u0316', '\uFF9E\u0316', 'a\u0301', '漢', 'word ']) {
    isLinear(
      t,
      `NFKC of ${JSON.stringify(text)}`,
      n => {
        const long = text.repeat(n)
        return () => normalised(long, 'NFKC')
      },
      { from: 1 << 12 }
    )
    for (const charset of ['iso-8859-1', 'windows-1258', 'shift_jis']) {
      const { fold, encode } = encoderOf(charset)
      isLinear(
        t,
        `${charset} of ${JSON.stringify(text)}`,
        n => {
          const long = text.repeat(n)
          return () => encode(fold(long))
        },
        { from: 1 << 12 }
      )
    }
  }
  t.equal(normalised(`e${'\u0301'.repeat(31)}x`, 'NFC'), `é${'\u0301'.repeat(29)}x`, 'thirty marks stay')
  t.equal(normalised('e\u0301\u0323', 'NFC'), 'ẹ\u0301', 'those of real languages come in order')
  t.end()
})
