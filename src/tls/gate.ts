/** Lets so many in at a time. */
export interface Gate {
  /** What is to be called once at the end (more calls do nothing); undefined when it is full. */
  enter (): (() => void) | undefined
  /** How many are in */
  inside (): number
}

export function createGate (most: number): Gate {
  let inside = 0
  return {
    enter () {
      if (inside >= most) return undefined
      inside++
      let left = false
      return () => {
        if (!left) inside--
        left = true
      }
    },
    inside: () => inside
  }
}
