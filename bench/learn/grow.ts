// Gradient boosting of regression trees with histograms (Friedman 2001; leaf-wise as in LightGBM), for a logistic loss
// with soft targets and weights.

export interface Rows {
  /** Row by row, `width` numbers each */
  readonly values: Float32Array
  readonly width: number
  /** 0 to 1 */
  readonly targets: Float32Array
  readonly weights: Float32Array
}

export interface GrowOptions {
  readonly trees: number
  readonly leaves: number
  readonly rate: number
  readonly leastWeight: number
  readonly l2: number
  /** Shares of rows and columns that a tree sees */
  readonly rowShare: number
  readonly columnShare: number
  readonly seed: number
}

/** Nodes of all trees one after the other; a leaf has feature -1 and its value as threshold. */
export interface Trees {
  /** First node of each tree */
  readonly roots: number[]
  readonly feature: number[]
  readonly threshold: number[]
  /** Where values up to the threshold go; others go to the node behind that */
  readonly left: number[]
  readonly right: number[]
  readonly bias: number
  /** What each split was worth */
  readonly gain: number[]
}

const BINS = 64

function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Upper bounds of bins: quantiles of a sample. */
function boundsOf(values: Float32Array, width: number, column: number, count: number): Float32Array {
  const step = Math.max(1, Math.floor(count / 20000))
  const sample: number[] = []
  for (let at = 0; at < count; at += step) sample.push(values[at * width + column]!)
  sample.sort((a, b) => a - b)
  const distinct = [...new Set(sample)]
  if (distinct.length <= BINS) return Float32Array.from(distinct.slice(0, -1), (v, i) => (v + distinct[i + 1]!) / 2)
  const bounds = new Set<number>()
  for (let bin = 1; bin < BINS; bin++) {
    const at = Math.floor((sample.length * bin) / BINS)
    if (sample[at]! > sample[0]!) bounds.add(Math.fround((sample[at]! + sample[at - 1]!) / 2))
  }
  return Float32Array.from([...bounds].sort((a, b) => a - b))
}

interface Leaf {
  readonly node: number
  readonly rows: Int32Array
  readonly histogram: Float64Array
  readonly g: number
  readonly h: number
  gain: number
  column: number
  bin: number
}

export function grow(data: Rows, options: GrowOptions): Trees {
  const { values, width, targets, weights } = data
  const count = targets.length
  const rand = random(options.seed)
  const bounds: Float32Array[] = []
  const bins = new Uint8Array(count * width)
  for (let column = 0; column < width; column++) {
    const limit = boundsOf(values, width, column, count)
    bounds.push(limit)
    for (let row = 0; row < count; row++) {
      const value = values[row * width + column]!
      let [low, high] = [0, limit.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (value <= limit[middle]!) high = middle
        else low = middle + 1
      }
      bins[row * width + column] = low
    }
  }
  let [positive, all] = [0, 0]
  for (let row = 0; row < count; row++) {
    positive += targets[row]! * weights[row]!
    all += weights[row]!
  }
  const bias = Math.log(positive / (all - positive))
  const scores = new Float64Array(count).fill(bias)
  const gradients = new Float64Array(count)
  const hessians = new Float64Array(count)
  const trees: Trees = { roots: [], feature: [], threshold: [], left: [], right: [], bias, gain: [] }

  for (let tree = 0; tree < options.trees; tree++) {
    for (let row = 0; row < count; row++) {
      const p = 1 / (1 + Math.exp(-scores[row]!))
      gradients[row] = (p - targets[row]!) * weights[row]!
      hessians[row] = Math.max(1e-9, p * (1 - p)) * weights[row]!
    }
    const columns: number[] = []
    for (let column = 0; column < width; column++)
      if (bounds[column]!.length > 0 && rand() < options.columnShare) columns.push(column)
    const picked = new Int32Array(count)
    let picks = 0
    for (let row = 0; row < count; row++) if (rand() < options.rowShare) picked[picks++] = row
    const cells = columns.length * BINS * 2

    const fill = (rows: Int32Array): Float64Array => {
      const histogram = new Float64Array(cells)
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!
        const from = row * width
        const g = gradients[row]!
        const h = hessians[row]!
        for (let c = 0; c < columns.length; c++) {
          const cell = (c * BINS + bins[from + columns[c]!]!) * 2
          histogram[cell]! += g
          histogram[cell + 1]! += h
        }
      }
      return histogram
    }
    const worth = (g: number, h: number): number => (g * g) / (h + options.l2)
    const look = (node: number, rows: Int32Array, histogram: Float64Array): Leaf => {
      let [g, h] = [0, 0]
      for (let i = 0; i < rows.length; i++) {
        g += gradients[rows[i]!]!
        h += hessians[rows[i]!]!
      }
      const leaf: Leaf = { node, rows, histogram, g, h, gain: 0, column: -1, bin: -1 }
      for (let c = 0; c < columns.length; c++) {
        let [lg, lh] = [0, 0]
        for (let bin = 0; bin < bounds[columns[c]!]!.length; bin++) {
          lg += histogram[(c * BINS + bin) * 2]!
          lh += histogram[(c * BINS + bin) * 2 + 1]!
          if (lh < options.leastWeight) continue
          if (h - lh < options.leastWeight) break
          const gain = worth(lg, lh) + worth(g - lg, h - lh) - worth(g, h)
          if (gain > leaf.gain) {
            leaf.gain = gain
            leaf.column = columns[c]!
            leaf.bin = bin
          }
        }
      }
      return leaf
    }
    const node = (): number => {
      trees.feature.push(-1)
      trees.threshold.push(0)
      trees.left.push(0)
      trees.right.push(0)
      trees.gain.push(0)
      return trees.feature.length - 1
    }
    const root = node()
    trees.roots.push(root)
    const rows = picked.slice(0, picks)
    const leaves = [look(root, rows, fill(rows))]
    while (leaves.length < options.leaves) {
      let best = 0
      for (let i = 1; i < leaves.length; i++) if (leaves[i]!.gain > leaves[best]!.gain) best = i
      const leaf = leaves[best]!
      if (leaf.gain <= 1e-6) break
      const left = new Int32Array(leaf.rows.length)
      const right = new Int32Array(leaf.rows.length)
      let [l, r] = [0, 0]
      for (let i = 0; i < leaf.rows.length; i++) {
        const row = leaf.rows[i]!
        if (bins[row * width + leaf.column]! <= leaf.bin) left[l++] = row
        else right[r++] = row
      }
      const [a, b] = [left.slice(0, l), right.slice(0, r)]
      const small = a.length < b.length ? a : b
      const smallHistogram = fill(small)
      const other = leaf.histogram
      for (let i = 0; i < cells; i++) other[i]! -= smallHistogram[i]!
      trees.feature[leaf.node] = leaf.column
      trees.gain[leaf.node] = leaf.gain
      trees.threshold[leaf.node] = bounds[leaf.column]![leaf.bin]!
      const [leftNode, rightNode] = [node(), node()]
      trees.left[leaf.node] = leftNode
      trees.right[leaf.node] = rightNode
      leaves.splice(
        best,
        1,
        look(leftNode, a, a === small ? smallHistogram : other),
        look(rightNode, b, b === small ? smallHistogram : other)
      )
    }
    for (const leaf of leaves) trees.threshold[leaf.node] = (-leaf.g / (leaf.h + options.l2)) * options.rate
    for (let row = 0; row < count; row++) {
      let at = root
      while (trees.feature[at] !== -1)
        at = values[row * width + trees.feature[at]!]! <= trees.threshold[at]! ? trees.left[at]! : trees.right[at]!
      scores[row]! += trees.threshold[at]!
    }
  }
  return trees
}

export function predict(trees: Trees, values: Float32Array, width: number): Float32Array {
  const count = values.length / width
  const out = new Float32Array(count)
  for (let row = 0; row < count; row++) {
    let score = trees.bias
    for (const root of trees.roots) {
      let at = root
      while (trees.feature[at] !== -1)
        at = values[row * width + trees.feature[at]!]! <= trees.threshold[at]! ? trees.left[at]! : trees.right[at]!
      score += trees.threshold[at]!
    }
    out[row] = 1 / (1 + Math.exp(-score))
  }
  return out
}
